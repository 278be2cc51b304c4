// Guided play: the clock moves by meaning. Between two events it takes the same time however many updates lie there, and
// at an event it holds for as long as its words take to read.

const STRETCH = 2200 // ms between two events
const SHORTEST = 700 // ms, where hardly an update lies between
const FEW = 3 // updates
const LOOK = 800 // ms to see where one is
const WORD = 180 // ms
const CHARACTER = 75 // ms, of a language without spaces
const LONGEST = 4200 // ms, after which who reads on can go back

export class Guide {
  constructor(state) {
    this.state = state
  }

  get isOn() {
    const { layout, switches } = this.state
    return layout === "story" && switches.guided && this.captions.length > 0
  }

  get captions() {
    const { locked, story } = this.state
    return locked.has("captions") ? [] : story?.captions ?? []
  }

  // Updates a ms at a time, undefined where nobody guides.
  paceAt(time, updates) {
    if (!this.isOn) return undefined
    const stops = [0, ...this.captions.map(({ update }) => update), updates]
    const from = stops.findLast((update) => update <= time) ?? 0
    const to = stops.find((update) => update > time) ?? updates
    return (to - from) / (to - from <= FEW ? SHORTEST : STRETCH)
  }

  // Where to hold on the way from a time to a later one, and for how many ms; undefined if nothing happens there.
  holdBetween(from, to) {
    const caption = this.isOn && this.captions.find(({ update }) => from < update && update <= to)
    return caption ? { update: caption.update, ms: readingTime(caption) } : undefined
  }
}

function readingTime({ text, detail }) {
  const said = `${text} ${detail}`
  const foreign = said.match(/[\u3400-\u9fff]/g)?.length ?? 0
  const reading = foreign ? CHARACTER * foreign : WORD * said.split(/\s+/).length
  return Math.min(LOOK + reading, LONGEST)
}

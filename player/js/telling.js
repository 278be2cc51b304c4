// How a story is told in a player: which run and axis it is about, and the way from event to event.

import { nextEvent } from "./events.js"
import { shortTitlesOf } from "./figure.js"
import { Notes } from "./notes.js"

export class Telling {
  constructor(state) {
    this.state = state
    this.notes = new Notes(state)
  }

  // The run and the axis that a story is about; a person may choose others.
  attend(fresh) {
    const { state } = this
    const { story } = state
    if (!story?.names) return
    if (fresh) state.set({ lead: story.axis, run: story.run })
    if (state.run >= story.names.length) state.set({ run: story.run })
  }

  // While it plays, the run that is spoken of is in hand.
  follow() {
    const { state } = this
    this.notes.show()
    const { caption, clock } = state
    if (!clock.playing || caption === this.followed) return
    this.followed = caption
    if (caption) state.change({ run: caption.run })
  }

  leap(direction) {
    const { clock, story } = this.state
    clock.seek(nextEvent(story?.captions ?? [], clock.time, clock.updates, direction))
    if (clock.playing) clock.play(true)
  }

  swapAxes(stage) {
    const { state } = this
    state.change({ lead: 1 - state.lead })
    stage.render(stage.panels.filter(({ figure }) => shortTitlesOf(figure)))
  }
}

// What a person turns on and off on a figure that has a start: by which key, what it is called, and whether it is on at
// first. What moves the view is turned off with it: by a reset, or by hand. What is chosen for the page is told to it:
// `tells` says as what, and its values for off and on. What it `keeps` holds at the next
// visit too; one with a `layout` is offered in that alone.

export const SWITCHES = {
  reach: { key: "v", label: (labels) => labels.reach, isOn: true },
  follow: { key: "f", label: (labels) => labels.follow, isOn: false, movesView: true },
  guided: { key: "g", label: (labels) => labels.guided, isOn: true, keeps: true, layout: "story" },
  equal: { key: "e", label: (labels) => labels.equal, isOn: false, tells: ["axes", "fill", "equal"] },
}

// The name of the switch that a key belongs to, if there is one.
export function switchOf(key) {
  return Object.keys(SWITCHES).find((name) => SWITCHES[name].key === key)
}

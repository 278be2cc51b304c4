// The keyboard, for the whole page, unless another control is listening.

import { switchOf } from "./switches.js"

const BUSY = "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role=slider], [role=combobox], "
  + "[role=listbox], [role=tab], [role=menu], [role=menuitem], [role=radio], [role=dialog]"
const PRESSABLE = "button, a[href], summary, [role=button]"

// Where an arrow leads: so many to the right, so many up.
export const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }

export function listenToKeys(root, clock, intents) {
  const onKey = (event) => {
    if (!root.isConnected || event.defaultPrevented || isTaken(event)) return
    const act = action(event, clock) ?? presenting(event, intents) ?? switching(event, intents)
    if (!act) return
    event.preventDefault()
    act()
  }
  document.addEventListener("keydown", onKey)
  root.addEventListener("click", letGo)
  return () => document.removeEventListener("keydown", onKey)
}

// A button that was clicked with a pointer does not keep the keyboard: a key does what it says.
function letGo({ detail, target }) {
  if (detail > 0) target.closest("button")?.blur()
}

function action({ key, shiftKey }, clock) {
  const count = shiftKey ? 10 : 1
  return {
    " ": () => clock.toggle(),
    k: () => clock.toggle(),
    ArrowLeft: () => clock.step(-count),
    ArrowRight: () => clock.step(count),
    Home: () => clock.seek(0),
    End: () => clock.seek(clock.updates),
    "[": () => clock.changeSpeed(-1),
    "]": () => clock.changeSpeed(1),
  }[key]
}

// A presenter's clicker sends some of these.
function presenting({ key }, intents) {
  return {
    PageUp: () => intents.leap(-1),
    PageDown: () => intents.leap(1),
    b: () => intents.toggleRoom("blank"),
    l: () => intents.toggleRoom("pointer"),
    n: () => intents.openNotes(),
    o: () => intents.toggleLoop(),
  }[key]
}

function switching({ key }, intents) {
  const name = switchOf(key)
  return name && intents.offers(name) && (() => intents.switch(name))
}

function isTaken(event) {
  const altGraph = event.getModifierState("AltGraph") // how some keyboards write brackets
  if (event.metaKey || (!altGraph && (event.ctrlKey || event.altKey))) return true
  const target = event.target instanceof Element ? event.target : document.body
  if (target.matches(".sigmascope-scrub")) return /^(Arrow|Home|End)/.test(event.key) && !event.shiftKey
  return target.closest(BUSY) !== null || (event.key === " " && target.closest(PRESSABLE) !== null)
}

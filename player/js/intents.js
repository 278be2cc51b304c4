// What people want and panels tell, all in one place, and what the player does then.

import { remember } from "./memory.js"
import { switchFullScreen } from "./page.js"
import { SWITCHES } from "./switches.js"

export function intentsOf(player) {
  const { state, telling } = player
  return {
    moveStart: (point) => state.locked.has("start") || player.start.jumpTo(point),
    put: (point) => putStart(player, point),
    askFor: (numbers) => player.source.ask(numbers),
    pick: (point) => player.tell("pick", point),
    settle: (numbers) => player.tell("change", numbers),
    seek: (update) => state.clock.seek(update),
    leap: (direction) => telling.leap(direction),
    guess: (guess) => state.change({ guess }),
    openNotes: () => telling.notes.open(),
    toggleLoop: () => state.clock.toggleLoop(),
    toggleRoom: (name) => player.root.toggleAttribute(`data-${name}`),
    choose: (run) => state.change({ run }),
    hover: (panel) => state.change({ hovered: panel }),
    pointTo: (panel) => state.change({ pointed: panel }),
    swapAxes: () => telling.swapAxes(player.stage),
    goOn: (way) => player.tell("next", way),
    lay: (layout) => player.tell("layout", layout),
    toggleRun: (run) => state.toggleRun(run),
    isolateRun: (run) => state.isolateRun(run, player.stage.runs),
    offers: (name) => !state.locked.has(name) && (SWITCHES[name].layout ?? state.layout) === state.layout,
    switch: (name) => turn(player, name),
    resetView: () => player.resetView(),
    frame: (ranges) => player.tell("frame", ranges),
    lookAt: (panel, view) => state.keepView(panel, view),
    moved: (panel) => player.moved(panel),
    pointAt: (cell) => state.change({ cell }),
    drawn: (panel) => player.drawn(panel),
    resized: () => player.resized(),
    present: () => switchFullScreen(player.root),
    chooseView: (name) => player.tell("view", name),
  }
}

function putStart({ source, state, tell }, point) {
  if (state.locked.has("start")) return
  source.ask(point)
  tell("pick", point)
}

function turn(player, name) {
  const { stage, state } = player
  const isOn = !state.switches[name]
  const { begins, keeps, movesView, tells } = SWITCHES[name]
  if (!keeps && !stage.withStart) return
  state.turn(name, isOn)
  if (begins && isOn) beginAgain(state)
  if (keeps) remember(name, isOn)
  if (movesView && !isOn) player.resetView()
  else state.tell()
  if (tells) player.tell(tells[0], tells[1 + isOn])
}

// Before the first update, with no guess.
function beginAgain(state) {
  state.set({ guess: null })
  state.clock.pause()
  state.clock.seek(0)
}

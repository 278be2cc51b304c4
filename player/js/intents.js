// What people want and panels tell, all in one place, and what the player does then.

import { switchFullScreen } from "./page.js"
import { SWITCHES } from "./switches.js"

export function intentsOf(player) {
  const { state, telling } = player
  return {
    moveStart: (point) => player.start.moveTo(point),
    askFor: (point) => player.source.ask(point),
    pick: (point) => player.tell("pick", point),
    settle: (numbers) => player.tell("change", numbers),
    seek: (update) => state.clock.seek(update),
    leap: (direction) => telling.leap(direction),
    choose: (run) => state.change({ run }),
    pointTo: (panel) => state.change({ pointed: panel }),
    swapAxes: () => telling.swapAxes(player.stage),
    goOn: (way) => player.tell("next", way),
    lay: (layout) => player.tell("layout", layout),
    toggleRun: (run) => state.toggleRun(run),
    isolateRun: (run) => state.isolateRun(run, player.stage.runs),
    offers: (name) => (SWITCHES[name].layout ?? state.layout) === state.layout,
    switch: (name) => player.switch(name),
    resetView: () => player.resetView(),
    lookAt: (panel, view) => state.keepView(panel, view),
    moved: (panel) => player.moved(panel),
    drawn: (panel) => player.drawn(panel),
    resized: () => player.resized(),
    present: () => switchFullScreen(player.root),
    chooseView: (name) => player.tell("view", name),
  }
}

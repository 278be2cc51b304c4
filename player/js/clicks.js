// Single and double clicks, on traces and on legends.

export const DOUBLE_CLICK = 250 // ms
const DRAG = 4 // px

// Calls `single` if no second click on the same thing follows, `double` otherwise.
export function clickOrDouble(single, double) {
  let pending = null
  return (thing, ...details) => {
    const again = pending?.thing === thing
    clearTimeout(pending?.timer)
    pending = null
    if (again) return double(thing)
    const send = () => {
      pending = null
      single(thing, ...details)
    }
    pending = { thing, timer: setTimeout(send, DOUBLE_CLICK) }
  }
}

// Calls `onClick` with the event of each press and release that is no drag, over the traces of a plot.
export function listenToClicks(plot, onClick) {
  let press = null
  const begin = (event) => {
    press = event.isPrimary && event.button === 0 && plot.isOnTraces(event) ? event : null
  }
  const end = (event) => {
    const still = press && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < DRAG
    if (still && event.pointerId === press.pointerId) onClick(event)
    press = null
  }
  plot.host.addEventListener("pointerdown", begin, true)
  // Plotly covers the page while the pointer is down, so the release is heard only there.
  document.addEventListener("pointerup", end, true)
  return () => document.removeEventListener("pointerup", end, true)
}

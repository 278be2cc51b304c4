// A swipe of a finger over an element: on to the next (1), back to the one before (-1).

const FAR = 40 // px

export function swipes(host, onSwipe) {
  let from = null
  host.addEventListener("pointerdown", (event) => (from = event.pointerType === "touch" ? event : null))
  host.addEventListener("pointerup", (event) => {
    if (!from) return
    const [right, down] = [event.clientX - from.clientX, event.clientY - from.clientY]
    from = null
    if (Math.abs(right) > Math.max(FAR, 2 * Math.abs(down))) onSwipe(right < 0 ? 1 : -1)
  })
  host.addEventListener("pointercancel", () => (from = null))
}

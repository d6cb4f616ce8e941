/**
 * A phone's keyboard. Some browsers shrink the page for it; Safari lays it over the page, and the box
 * would lie underneath. There the chat takes the part of the window that is left.
 */

/** Smaller differences are toolbars that come and go. */
const LEAST = 120

export function makeRoomForKeyboard(style: (css: string) => void, signal: AbortSignal): void {
  const view = window.visualViewport
  if (!view) return
  let before = ''
  const fit = () => {
    const covered = innerHeight - view.height
    const over = view.scale === 1 && covered >= LEAST
    const css = over
      ? `.shell{block-size:${Math.round(view.height)}px;transform:translateY(${Math.round(view.offsetTop)}px)}`
      : ''
    if (css !== before) style(css)
    before = css
  }
  view.addEventListener('resize', fit, { signal })
  view.addEventListener('scroll', fit, { signal })
}

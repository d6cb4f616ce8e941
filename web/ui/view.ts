/** What of the conversation is in sight. */
export type View = {
  /**
   * As an answer grows, what was said moves up to the top; not where somebody has scrolled elsewhere,
   * unless it is shown anew.
   */
  follow(node: HTMLElement, anew?: boolean): void
  isFollowed(): boolean
}

export function createView(log: HTMLElement): View {
  let at = -1
  const isFollowed = () => at === log.scrollTop
  return {
    isFollowed,
    follow(node, anew = isFollowed()) {
      if (!anew) return
      log.scrollTop = node.offsetTop - log.offsetTop
      at = log.scrollTop
    },
  }
}

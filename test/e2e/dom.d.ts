/** What the functions that run inside the page use; Node's types do not know a browser. */
declare class DataTransfer {
  setData(type: string, value: string): void
}
declare class ClipboardEvent extends Event {
  constructor(type: string, init: object)
}
declare class MutationObserver {
  constructor(callback: () => void)
  observe(node: unknown, options: object): void
}

/** Registers the element; loading it twice does no harm. */
import { BouncewiseChat } from './element.ts'

export { BouncewiseChat }

export const TAG = 'bouncewise-chat'

if (!customElements.get(TAG)) customElements.define(TAG, BouncewiseChat)

import { createHmac } from 'node:crypto'
import { type Adapter, requesterOf } from '../target.ts'
import { subjectOf, tagsOf } from '../ticket.ts'

/**
 * A webhook of the operator's own: the whole ticket as JSON, signed. The time is signed with it, so that a
 * request that was overheard cannot be sent again later.
 */
export const webhook: Adapter = (ticket, target, seconds) => {
  const requester = requesterOf(ticket, target)
  const body = JSON.stringify({
    event: 'handoff',
    id: ticket.id,
    at: ticket.at,
    subject: subjectOf(ticket),
    key: ticket.key ?? null,
    repeated: ticket.repeated,
    count: ticket.count,
    tags: tagsOf(ticket),
    ...(requester && { requester }),
    ticket: ticket.handOff,
  })
  return {
    url: target.url,
    headers: {
      'content-type': 'application/json',
      'bouncewise-delivery': ticket.id,
      'bouncewise-signature': `t=${seconds},v1=${sign(target.secret, seconds, body)}`,
    },
    body,
  }
}

export const sign = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')

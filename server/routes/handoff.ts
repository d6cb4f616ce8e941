import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/index.ts'
import { HttpError } from '../errors.ts'
import { type DeliveryEvent, openHandOffs } from '../handoff/index.ts'
import { HandOff, HandOffAccepted, HandOffState } from '../handoff/schema.ts'
import { errors } from '../schemas.ts'

/** `POST /api/handoff`: to a person. What is sent is on disk before it is answered, and in no log. */
export async function handOffRoutes(app: FastifyInstance, { config }: { config: Config }) {
  const handOffs = await openHandOffs({
    settings: config,
    dataDir: config.DATA_DIR,
    tell: (event) => tell(app, event),
  })
  if (handOffs) {
    app.addHook('onClose', () => handOffs.close())
    const help = 'Tickets that wait for the helpdesk'
    app.metrics.gauge('bouncewise_handoff_waiting', help, () => handOffs.waiting)
    if (handOffs.unreadable > 0) {
      app.log.error({ files: handOffs.unreadable }, 'tickets in the outbox cannot be read')
    }
  }

  app.get(
    '/api/handoff',
    {
      schema: {
        summary: 'Whether a person can be asked here',
        response: { 200: HandOffState, ...errors },
      },
    },
    async () => ({ enabled: handOffs !== undefined }),
  )

  app.post(
    '/api/handoff',
    {
      bodyLimit: 4 * 1024 * 1024,
      // tickets are people's work: far fewer of them than of questions
      config: config.BOUNCEWISE_RATE_LIMIT === 0 ? {} : { rateLimit: { max: 10 } },
      schema: {
        summary: 'Hand a case to a person',
        body: HandOff,
        response: { 202: HandOffAccepted, ...errors },
      },
    },
    async (request, reply) => {
      if (!handOffs) throw off()
      const ticket = await handOffs.accept(request.body as HandOff)
      if (!ticket) throw full()
      app.metrics.count('bouncewise_handoff_total', 'Hand-offs accepted', {
        repeated: String(ticket.repeated),
      })
      return reply.code(202).send({ id: ticket.id, repeated: ticket.repeated })
    },
  )
}

const off = () =>
  new HttpError(
    404,
    'handoff-off',
    'No helpdesk is connected here: whoever runs this server sets BOUNCEWISE_HANDOFF.',
  )

const full = () =>
  new HttpError(
    503,
    'handoff-full',
    'The helpdesk does not answer and too many cases wait for it: reach it in another way.',
  )

function tell(app: FastifyInstance, event: DeliveryEvent): void {
  if (event.kind === 'disk') {
    app.log.error({ err: event.error }, 'the outbox cannot be written')
    return
  }
  const { ticket, tries, failure } = event.entry
  app.metrics.count('bouncewise_handoff_deliveries_total', 'Tries to deliver a hand-off', {
    result: event.kind,
  })
  if (event.kind === 'delivered') return
  const facts = { id: ticket.id, tries, failure }
  if (event.kind === 'dead') app.log.error(facts, 'a ticket was given up: see the dead letters')
  else app.log.warn(facts, 'a ticket could not be delivered and is tried again')
}

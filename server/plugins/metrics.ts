import { monitorEventLoopDelay } from 'node:perf_hooks'
import fp from 'fastify-plugin'
import { createMetrics, type Metrics } from '../metrics.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics
  }
}

/** `app.metrics`: counts and times. Labels are route patterns, codes and words of ours: nothing of a paste. */
export const metricsPlugin = fp(
  async (app) => {
    const metrics = createMetrics()
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    app.decorate('metrics', metrics)
    metrics.gauge('bouncewise_event_loop_delay_p99_seconds', 'Event-loop delay', () =>
      Number.isFinite(delay.percentile(99)) ? delay.percentile(99) / 1e9 : 0,
    )
    metrics.gauge('process_resident_memory_bytes', 'Resident memory', () =>
      process.memoryUsage.rss(),
    )
    app.addHook('onResponse', async (request, reply) => {
      const labels = {
        route: request.routeOptions.url ?? 'none',
        method: request.method,
        status: String(reply.statusCode),
      }
      metrics.count('bouncewise_http_requests_total', 'HTTP requests', labels)
      metrics.observe(
        'bouncewise_http_request_seconds',
        'Time to answer a request',
        { route: labels.route },
        reply.elapsedTime / 1000,
      )
    })
    app.addHook('onClose', async () => void delay.disable())
  },
  { name: 'metrics' },
)

import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { decodeBase64 } from 'psd2-toolkit/core'
import { createRegistrationApp, openStore, pathTrust, type StoreLocation, serveRegistration } from 'psd2-toolkit/server'
import { parseCertificate } from 'psd2-toolkit/x509'

/** The server of the bench in a process of its own: one store, one port with signed answers and one without. */
const { location, tls, anchors, intermediates, seal } = JSON.parse(await text(process.stdin)) as {
  readonly location: StoreLocation
  readonly tls: { readonly certificate: string; readonly key: string }
  readonly anchors: readonly string[]
  readonly intermediates: readonly string[]
  readonly seal: { readonly certificate: string; readonly key: string }
}
const store = await openStore(location)
const common = {
  store,
  trust: pathTrust({ anchors: anchors.map(decodeBase64), intermediates: intermediates.map(decodeBase64) }),
  clientCertificate: { from: 'socket' },
  environment: 'sandbox',
  rateLimit: false,
} as const
const still = JSON.stringify({ text: 'x'.repeat(2500) })
const withStatic = (app: Hono): Hono =>
  new Hono().get('/static', (c) => c.body(still, 200, { 'content-type': 'application/json' })).route('/', app)
const plain = await serveRegistration({ app: withStatic(await createRegistrationApp(common)), tls })
const certificate = parseCertificate(decodeBase64(seal.certificate))
const bank = { key: seal.key, certificate, keyId: 'https://bank.example/seal.pem' }
const signing = await serveRegistration({
  app: withStatic(await createRegistrationApp({ ...common, seal: bank })),
  tls,
})
process.stdout.write(`${JSON.stringify({ plain: plain.port, signing: signing.port })}\n`)
process.once('SIGTERM', async () => {
  await Promise.all([plain.close(100), signing.close(100)])
  await store.close()
})

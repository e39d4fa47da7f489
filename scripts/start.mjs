// The whole story on one machine: certificates, an audit of them, a bank, and a TPP that registers, reads, renews and leaves.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RegistrationClient } from 'psd2-toolkit/client'
import { buildRegistration } from 'psd2-toolkit/registration'
import { sandboxMaterial, startSandbox } from 'psd2-toolkit/server'

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const begun = performance.now()
const data = await mkdtemp(join(tmpdir(), 'psd2-story-'))
let sandbox
let client

function step(title) {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`\n--- ${title}  (${seconds} s)`)
}

const say = (line) => console.log(`    ${line}`)

try {
  step('Mint: an authority of our own, and two sets of certificates of a TPP')
  const { folder, rootPem } = await sandboxMaterial(data)
  const file = (name) => readFile(join(folder, name))
  say(`QWAC for TLS, QSealC for signatures, in ${folder}/tpp and ${folder}/tpp-renewed`)

  step('Audit: what the rules of ETSI, RFC 5280 and the bank say of them')
  const audited = ['tpp/qwac.pem', 'tpp/qsealc.pem'].map((name) => join(folder, name))
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'audit', ...audited], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the audit ended with ${status}: ${stderr}`)
  for (const line of stdout.split('\n'))
    if (/ (?:PASS|FAIL) |^ {2}(?:PSP|Verdict)|reports?:/.test(line)) say(line.trim())

  step('Start the sandbox: https with client certificates, the paths of the bank, a database in a folder')
  sandbox = await startSandbox({ data })
  say(sandbox.url)

  const setOf = async (name) => ({
    qwac: { certificate: await file(`${name}/qwac-chain.pem`), key: await file(`${name}/qwac.key`) },
    qsealc: {
      certificate: await file(`${name}/qsealc.pem`),
      key: await file(`${name}/qsealc.key`),
      url: 'https://tpp.example.com/qsealc.pem',
    },
  })
  client = new RegistrationClient({
    environment: { base: sandbox.url },
    ca: rootPem,
    current: await setOf('tpp'),
    next: await setOf('tpp-renewed'),
    bank: { certificates: [sandbox.material.seal.certificate], required: true },
  })

  step('Token: over TLS with the QWAC, bound to it')
  const { expiresAt } = await client.token()
  say(`an access token until ${expiresAt?.toISOString?.() ?? 'an hour from now'}; the bank keeps its hash only`)

  const common = {
    redirectUris: ['https://tpp.example.com/callback'],
    contact: { contact_name: 'API team', email: 'api@tpp.example.com', phone_number: '+33123456789' },
  }
  const build = (more) =>
    buildRegistration({ ...common, softwareId: 'Example app', qsealc: client.certificate(), at: new Date(), ...more })

  step('Register an application: checked by the rules of the bank before it is sent, signed with the QSealC')
  const app = await client.create((await build({})).body)
  say(`${app.status}, client_id ${app.clientId}`)
  say(
    `active from ${app.activation.activeAt.toISOString()} (${app.activation.reason}); the answer has the seal of the bank`,
  )

  step('Register an agent of the TPP with the same certificates')
  const agent = await client.create((await build({ softwareId: 'Example agent', agent: { serial: '001' } })).body)
  say(`${agent.status}, client_id ${agent.clientId}, ${agent.registration.client_legal_id}`)

  step('Read the application')
  const { status: read, registration } = await client.read(app.clientId)
  say(`${read}, ${registration.software_id}, scope ${registration.scope}, kid ${registration.jwks.keys[0].kid}`)

  step('Rotate the certificates: the new QSealC, signed with the one that the bank knows')
  const update = { operation: 'update', clientId: app.clientId, qsealc: client.certificate('next') }
  const registered = { clientId: app.clientId, providerLegalId: registration.provider_legal_id }
  const renewed = await client.rotate(app.clientId, (await build({ ...update, registered })).body)
  say(`${renewed.status}, kid ${renewed.registration.jwks.keys[0].kid}`)

  step('Remove agent and application')
  // The agent still has the certificates of before.
  const former = new RegistrationClient({
    environment: { base: sandbox.url },
    ca: rootPem,
    current: await setOf('tpp'),
  })
  await former.remove(agent.clientId)
  await former.close()
  await client.remove(app.clientId)
  const gone = await client.read(app.clientId).catch((error) => error)
  say(`reading it now: ${gone.problem?.status ?? gone.code}`)

  step('Done')
  say('A bank of your own that stays: npx psd2 sandbox')
} finally {
  await client?.close()
  await sandbox?.close()
  await rm(data, { recursive: true, force: true })
}

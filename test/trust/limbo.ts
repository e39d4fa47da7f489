import { readFileSync } from 'node:fs'
import type { PathWork, ReferenceName, ValidatePathOptions } from 'psd2-toolkit/trust'
import { decodePem } from 'psd2-toolkit/x509'

/** One case of x509-limbo (C2SP/x509-limbo, limbo-schema.json), as far as it is used here. */
interface LimboCase {
  readonly id: string
  readonly expected_result: 'SUCCESS' | 'FAILURE'
  readonly validation_kind: 'SERVER' | 'CLIENT'
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  readonly validation_time: string | null
  readonly key_usage: readonly NonNullable<ValidatePathOptions['keyUsage']>[number][]
  readonly expected_peer_name: LimboName | null
  readonly expected_peer_names: readonly LimboName[]
  readonly max_chain_depth: number | null
  readonly crls?: readonly string[]
}

interface LimboName {
  readonly kind: 'DNS' | 'IP' | 'RFC822'
  readonly value: string
}

const kinds = { DNS: 'dns', IP: 'ip', RFC822: 'email' } as const

/** Certificates without a time of their own are valid for a thousand years. */
const anyTime = '2026-11-22T00:00:00Z'

export function readLimbo(path: string): LimboCase[] {
  return JSON.parse(readFileSync(path, 'utf8')).testcases
}

function der(pem: string): Uint8Array {
  return (decodePem(new TextEncoder().encode(pem))[0] as { bytes: Uint8Array }).bytes
}

/** What a case asks of validatePath. */
export function limboOptions(test: LimboCase, onWork: (work: PathWork) => void): ValidatePathOptions {
  const expected = test.expected_peer_name === null ? test.expected_peer_names : [test.expected_peer_name]
  const names = expected.map(({ kind, value }) => ({ [kinds[kind]]: value }) as unknown as ReferenceName)
  return {
    certificate: der(test.peer_certificate),
    intermediates: test.untrusted_intermediates.map(der),
    anchors: test.trusted_certs.map(der),
    at: new Date(test.validation_time ?? anyTime),
    purpose: test.validation_kind === 'SERVER' ? 'serverAuth' : 'clientAuth',
    names,
    ...(test.key_usage.length === 0 ? {} : { keyUsage: test.key_usage }),
    ...(test.max_chain_depth === null ? {} : { maxDepth: test.max_chain_depth }),
    ...(test.crls === undefined || test.crls.length === 0 ? {} : { crls: test.crls.map(der) }),
    onWork,
  }
}

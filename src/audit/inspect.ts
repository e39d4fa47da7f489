import { defaultCrypto } from '#crypto'
import { encodeBase64url } from '../core/base64.ts'
import { toHex } from '../core/bytes.ts'
import type { Deviation } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import type {
  ExplainedDeviation,
  Inspection,
  InspectionFailure,
  InspectionResult,
  NamedOid,
} from '../core/inspection.ts'
import { oidName } from '../core/oids.ts'
import type { Digester } from '../crypto/provider.ts'
import { ORGANIZATION_IDENTIFIER, type Psd2Attributes, psd2Attributes } from '../eidas/attributes.ts'
import { certificateKind } from '../eidas/kind.ts'
import { parseOrganizationIdentifier } from '../eidas/organization-identifier.ts'
import { qcStatements } from '../eidas/qc-statements/read.ts'
import { psd2Remarks } from '../eidas/remarks.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { codeInfo } from './code-info.ts'
import { isoTime } from './iso-time.ts'
import { statementJson } from './statement-json.ts'

/** Where the octets came from, for the report. */
export interface InspectOptions {
  readonly source?: string
  readonly index?: number
  readonly place?: string
  readonly crypto?: Digester
}

const known = new Set(['source', 'index', 'place', 'crypto'])

/**
 * Reads one certificate tolerantly and tells everything it says, with each deviation explained. Plain data, ready for
 * JSON; text of the certificate in it is untrusted.
 *
 * @param der - octets of one certificate
 * @returns the inspection, or a record with the error where the octets cannot be read; never throws on input
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { inspectCertificate } from 'psd2-toolkit/audit'
 *
 * const result = await inspectCertificate(await readFile('qwac.der'), { source: 'qwac.der' })
 * if ('error' in result) console.log(result.error.code)
 * else console.log(result.kind, result.organizationIdentifier?.value, result.deviations.length)
 * ```
 */
export async function inspectCertificate(der: Uint8Array, options: InspectOptions = {}): Promise<InspectionResult> {
  for (const name in options) if (!known.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { source = '', index = 0, place = '' } = options
  try {
    const certificate = parseCertificate(der, { mode: 'tolerant' })
    const hash = await (options.crypto ?? defaultCrypto).digest('sha-256', der)
    const what = describe(certificate)
    return { source, index, place, sha256: toHex(hash), 'x5t#S256': encodeBase64url(hash), ...what }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return inspectionFailure(error, source, index, place)
  }
}

/** The record for an input that cannot be read. */
export function inspectionFailure(error: Psd2Error, source: string, index: number, place: string): InspectionFailure {
  const { code, message, path = '', offset = 0, citation, mend = '' } = error
  const clause = citation === undefined ? '' : `${citation.document} ${citation.clause}`
  return { source, index, place, error: { code, message, path, offset, clause, mend } }
}

function describe(certificate: Certificate): Omit<Inspection, 'source' | 'index' | 'place' | 'sha256' | 'x5t#S256'> {
  const { kind, reason } = certificateKind(certificate)
  const attributes = readAttributes(certificate)
  const remarks = psd2Remarks(certificate, attributes, kind)
  const { organizationIdentifier: identifier, statements } = attributes
  const psd2 = attributes.ncaId === null ? null : attributes
  const { signatureAlgorithm: signature, publicKey, validity } = certificate
  const constraints = certificate.extension('basicConstraints')?.decoded
  return {
    kind,
    kindReason: reason,
    subject: String(certificate.subject),
    subjectAttributes: certificate.subject.attributes.map(({ type, oid, text }) => ({ type, oid, value: text })),
    issuer: String(certificate.issuer),
    serialNumber: certificate.serial.hex,
    serialNumberDecimal: certificate.serialNumber.toString(),
    version: certificate.version,
    validity: { notBefore: isoTime(validity.notBefore), notAfter: isoTime(validity.notAfter) },
    organizationIdentifier:
      identifier === null
        ? null
        : {
            value: identifier.value,
            scheme: identifier.scheme,
            country: identifier.country,
            authority: identifier.authority,
            number: identifier.number,
          },
    psd2:
      psd2 === null
        ? null
        : {
            roles: psd2.roles.map(({ oid, role, name }) => ({ oid, role, name })),
            ncaName: psd2.ncaName ?? '',
            ncaId: psd2.ncaId ?? '',
          },
    qcStatements: (statements?.list ?? []).map((statement) => ({
      ...named(statement.oid),
      value: statementJson(statement),
    })),
    signatureAlgorithm: {
      ...named(signature.oid),
      ...(signature.pss === undefined
        ? {}
        : {
            pss: {
              hash: oidName(signature.pss.hash) ?? signature.pss.hash,
              mgfHash: oidName(signature.pss.mgfHash) ?? signature.pss.mgfHash,
              saltLength: signature.pss.saltLength,
            },
          }),
    },
    publicKey: {
      algorithm: publicKey.algorithm.name ?? null,
      oid: publicKey.algorithm.oid,
      size: publicKey.size ?? null,
      curve: publicKey.curve ?? null,
    },
    keyUsage: certificate.extension('keyUsage')?.decoded?.names ?? [],
    extendedKeyUsage: (certificate.extension('extKeyUsage')?.decoded ?? []).map(named),
    subjectAltNames: (certificate.extension('subjectAltName')?.decoded ?? []).map((name) => ({
      kind: name.kind,
      value: name.text,
    })),
    policies: (certificate.extension('certificatePolicies')?.decoded ?? []).map((policy) => named(policy.oid)),
    basicConstraints:
      constraints === undefined
        ? null
        : { cA: constraints.cA, pathLenConstraint: constraints.pathLenConstraint ?? null },
    extensions: certificate.extensions.map(({ oid, critical }) => ({ ...named(oid), critical })),
    deviations: [...certificate.deviations, ...attributes.deviations, ...remarks].map(explain),
  }
}

/** Two PSD2 statements are an error in every mode: here it becomes a finding, and no roles are shown. */
function readAttributes(certificate: Certificate): Psd2Attributes {
  try {
    return psd2Attributes(certificate)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const { code, path = '', offset = 0 } = error
    const [identifier, second] = certificate.subject.all(ORGANIZATION_IDENTIFIER)
    const text = second === undefined ? identifier?.text : undefined
    const statements = qcStatements(certificate) ?? null
    return {
      organizationIdentifier: text === undefined ? null : parseOrganizationIdentifier(text),
      roles: [],
      ncaName: null,
      ncaId: null,
      statements,
      deviations: [...(statements?.deviations ?? []), { code, path, offset }],
    }
  }
}

function explain(deviation: Deviation): ExplainedDeviation {
  const info = codeInfo(deviation.code)
  if (info === undefined) throw new TypeError(`no table has the code ${deviation.code}`)
  const { says, mend, document, clause, leniency } = info
  return { ...deviation, message: says, clause: `${document} ${clause}`, mend, leniency }
}

function named(oid: string): NamedOid {
  return { oid, name: oidName(oid) ?? null }
}

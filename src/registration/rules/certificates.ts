import { decodeBase64 } from '../../core/base64.ts'
import { Psd2Error } from '../../core/errors.ts'
import type { JsonObject, JsonValue } from '../../core/json.ts'
import { certificateKind } from '../../eidas/index.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { activationTime } from '../activation/activation.ts'
import type { RegistrationSubject } from '../subject.ts'
import { at, page, type RegistrationRule, rule } from './rule.ts'

const seal = at('/jwks/keys/0/x5c/0')
/** The QWAC is that of the connection: it stands nowhere in the body. */
const connection = at('')
const RSASSA_PSS = '1.2.840.113549.1.1.10'
const withSeal = ({ seal: found }: RegistrationSubject): boolean => found !== undefined

/** Items of x5c that are looked at for a CA. */
const mostItems = 8

/** Indexes of items of x5c that hold a CA. */
function authoritiesIn(jwks: JsonValue | undefined): number[] {
  const keys = (jwks as JsonObject | undefined)?.keys
  const x5c = Array.isArray(keys) ? (keys[0] as JsonObject | null | undefined)?.x5c : undefined
  if (!Array.isArray(x5c)) return []
  return x5c
    .slice(0, mostItems)
    .flatMap((item, index) => (typeof item === 'string' && isAuthority(item) ? [index] : []))
}

function isAuthority(text: string): boolean {
  try {
    return certificateKind(parseCertificate(decodeBase64(text), { mode: 'tolerant' })).kind === 'CA'
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}

export const certificateRules: readonly RegistrationRule[] = [
  rule({
    slug: 'x5c-chain',
    rows: ['R-078', 'R-112'],
    clause: 'jwks, x5c',
    title: 'x5c has no certificate of a CA',
    why: 'the page wants the QSealC without its chain; the bank has the certificates of the QTSP',
    mend: 'send the QSealC alone',
    check: ({ body: { jwks } }, report) => {
      for (const index of authoritiesIn(jwks)) report(at(`/jwks/keys/0/x5c/${index}`))
    },
  }),
  rule({
    slug: 'seal-psd2',
    rows: ['R-024', 'R-024'],
    clause: page('Get the access token, Prerequisites'),
    title: 'the QSealC has one PSD2 statement, whose authority is that of its organizationIdentifier',
    why: 'it is what the authority granted; two statements, or two authorities, grant what nobody did',
    mend: 'have the certificate issued as ETSI TS 119 495 has it: psd2 inspect says what is wrong',
    applies: withSeal,
    check: ({ seal: certificate }, report) => {
      const deviations = certificate?.deviations ?? []
      const grave = deviations.filter(({ code }) => code === 'PSD2_STATEMENT_TWICE' || code === 'PSD2_NCA_MISMATCH')
      for (const { code, detail } of grave) {
        report(seal, { message: `the QSealC contradicts itself (${code})`, ...(detail ? { actual: detail } : {}) })
      }
      if (grave.length === 0 && certificate?.statements?.has('PSD2') !== true) {
        report(seal, { message: 'the QSealC has no PSD2 statement: it grants no role' })
      }
    },
  }),
  rule({
    slug: 'seal-until-active',
    rows: ['R-153', 'R-153'],
    clause: page('Limits'),
    modal: 'should',
    grounding: 'C',
    title: 'the QSealC is still valid when the registration becomes active',
    why: 'a registration that becomes active with an expired certificate can never be used',
    mend: 'register the next certificate',
    applies: withSeal,
    check: ({ seal: certificate, at: moment }, report) => {
      const activation = activationTime({ at: moment })
      const notAfter = certificate?.certificate.validity.notAfter
      if (activation.state !== 'scheduled' || notAfter === undefined || notAfter < moment) return
      if (notAfter < activation.activeAt) report(seal)
    },
  }),
  rule({
    slug: 'qwac-kind',
    rows: ['R-020', 'R-020'],
    clause: page('Get the access token'),
    title: 'the certificate of the connection is a QWAC',
    why: 'the page wants TLS with the QWAC; a QSealC there means that its key does two things',
    mend: 'connect with the certificate for web sites',
    needs: ['qwac'],
    check: ({ qwac }, report) => {
      if (qwac !== undefined && qwac.kind !== 'QWAC') report(connection, { actual: `${qwac.kind}, ${qwac.kindReason}` })
    },
  }),
  rule({
    slug: 'qwac-valid',
    rows: ['R-020', 'R-020'],
    clause: page('Eligibility'),
    title: 'the QWAC is valid now',
    why: 'the page wants valid eIDAS certificates',
    mend: 'connect with the certificate that is valid now',
    needs: ['qwac'],
    check: ({ qwac, at: moment }, report) => {
      if (qwac?.certificate.validity.includes(moment) === false) report(connection)
    },
  }),
  rule({
    slug: 'qwac-pss',
    rows: ['R-156', 'R-156'],
    clause: page('Limits'),
    title: 'the QWAC is not signed with RSASSA-PSS, and its key is not bound to it',
    why: 'the page says that such certificates are not accepted',
    mend: 'ask the QTSP for a certificate signed with sha256WithRSAEncryption over an rsaEncryption key',
    needs: ['qwac'],
    check: ({ qwac }, report) => {
      const oids = [qwac?.certificate.signatureAlgorithm.oid, qwac?.certificate.publicKey.algorithm.oid]
      if (oids.includes(RSASSA_PSS)) report(connection)
    },
  }),
  rule({
    slug: 'seal-trusted',
    rows: ['R-168', 'R-168'],
    clause: page('Eligibility'),
    title: 'the QSealC was issued by a QTSP of the trusted lists',
    why: 'anybody can make a certificate that says what this one says',
    mend: 'use the certificate of a qualified trust service provider',
    needs: ['path'],
    applies: withSeal,
    check: (_, report, { path }) => {
      if (path?.verdict === 'invalid')
        report(seal, { message: 'no path leads to a trusted issuer', actual: path.code ?? '' })
    },
  }),
  rule({
    slug: 'seal-issuer-unknown',
    rows: ['R-171', 'R-171'],
    clause: page('Eligibility'),
    title: 'the issuer of the QSealC is known to the bank',
    why: 'a new CA, or a new root of a known one, is loaded by hand: that is a delay of about two weeks, and no defect',
    mend: 'tell the bank the certificate of the new CA, and wait',
    needs: ['path'],
    applies: withSeal,
    check: (_, report, { path }) => {
      if (path?.verdict === 'issuer-unknown') report(seal, { message: 'nobody here knows the issuer' })
    },
  }),
  rule({
    slug: 'seal-register',
    rows: ['R-172', 'R-172'],
    clause: page('Eligibility'),
    title: 'the register of the EBA has the PSP of the QSealC',
    why: 'an authorisation can be withdrawn while the certificate lives on',
    mend: 'ask the competent authority to correct the register',
    needs: ['register'],
    applies: withSeal,
    check: (_, report, { register }) => {
      if (register?.verdict === 'no-match') report(seal, { actual: register.evidence })
    },
  }),
  rule({
    slug: 'seal-other-set',
    rows: ['R-169', 'R-169'],
    clause: page('Eligibility'),
    title: 'the QSealC is not one of the other environment',
    why: 'the page wants one set of certificates for the sandbox and another one for live',
    mend: 'use the set of this environment',
    needs: ['otherSets', 'sha256'],
    applies: withSeal,
    check: (_, report, { otherSets, sha256 = '' }) => {
      if (otherSets?.has(sha256) === true) report(seal)
    },
  }),
]

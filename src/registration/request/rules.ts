import type { Citation } from '../../core/citation.ts'
import type { Psd2Error } from '../../core/errors.ts'
import type { Breach, Modal, Place, Report, Rule } from '../../rules/rule.ts'
import { page, rfc } from '../rules/rule.ts'
import { methods, type RequestOperation, type RequestSubject } from './subject.ts'

/** A requirement on a request as a whole. Its row depends on what is asked for. */
export interface RequestRule extends Rule<RequestSubject> {
  readonly rows: Readonly<Partial<Record<RequestOperation, string>>>
}

type Rows = RequestRule['rows']

interface Draft {
  readonly slug: string
  readonly rows: Rows
  readonly clause: Citation
  readonly title: string
  readonly why: string
  readonly mend: string
  readonly modal?: Modal
  /** It speaks of what is asked for, so it is asked whatever that is. */
  readonly always?: true
  readonly check: (subject: RequestSubject, report: Report) => void
}

const headers = page('HTTP Headers')
const token = page('Get the access token')

function every(row: string): Rows {
  return { token: row, create: row, read: row, update: row, remove: row }
}

function rule({ slug, rows, clause, modal = 'bank', always, check, ...rest }: Draft): RequestRule {
  const [requirement = ''] = Object.values(rows)
  return {
    ...rest,
    ...{ id: `request.${slug}`, requirement, citation: clause, modal, grounding: 'A', rows },
    // What is asked for is not known where path and method are wrong: two rules speak of that alone.
    applies: ({ operation }) => always === true || (operation !== undefined && Object.hasOwn(rows, operation)),
    check,
  }
}

function header(name: string): Place {
  return { path: `headers.${name}`, offset: 0, length: 0 }
}

function place(path: string): Place {
  return { path, offset: 0, length: 0 }
}

/** What a reader below says: its own words may repeat what was sent, its code does not. */
function told(error: Psd2Error, says: string): Breach {
  return { message: `${says} (${error.code})`, ...(error.mend === undefined ? {} : { mend: error.mend }) }
}

/** RFC 6750 2.1; the scheme in any case. */
const bearer = /^bearer +[A-Za-z0-9._~+/-]{1,8192}=*$/i

function contentType({ view }: RequestSubject): string {
  const values = view.fields.get('content-type') ?? []
  return values.length === 1 ? (values[0] ?? '') : ''
}

export const requestRules: readonly RequestRule[] = [
  rule({
    slug: 'resource',
    always: true,
    rows: every('R-001'),
    clause: page('Documentation, Main API methods'),
    title: 'the target is the token endpoint, /register, or /register/{client_id}',
    why: 'there are no others',
    mend: 'use the paths of the page, without a query',
    check: ({ resource }, report) => {
      if (resource === undefined) report(place('target'))
    },
  }),
  rule({
    slug: 'method',
    always: true,
    rows: every('R-094'),
    clause: page('Errors'),
    title: 'the method is one of those that the page describes for the target',
    why: 'any other is answered with 405',
    mend: 'POST a token and a registration; GET, PUT and DELETE a client',
    check: ({ resource, operation }, report) => {
      if (resource === undefined || operation !== undefined) return
      report(place('method'), { expected: Object.keys(methods[resource]).join(', ') })
    },
  }),
  rule({
    slug: 'client-id',
    rows: { read: 'R-120', update: 'R-100', remove: 'R-130' },
    clause: page('PUT /register/{client_id}'),
    title: 'the client_id of the path is one that the bank could have given',
    why: 'slashes, dot segments and control characters lead to another path than the one that was signed',
    mend: 'take the client_id of the answer to POST /register, percent-encoded',
    check: ({ clientId }, report) => {
      const sound = clientId !== undefined && /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/.test(clientId)
      if (!sound || /^\.{1,2}$/.test(clientId)) report(place('target'))
    },
  }),
  rule({
    slug: 'form',
    rows: { token: 'R-016' },
    clause: token,
    title: 'the token request is a form in UTF-8, each parameter once',
    why: 'of two values one reader takes the first and another the last',
    mend: 'send Content-type: application/x-www-form-urlencoded; charset=utf-8',
    check: (subject, report) => {
      if (!/^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType(subject))) {
        report(header('content-type'))
      }
      if (subject.form === undefined) report(place('body'), { message: 'the form cannot be read' })
      else {
        const twice = [...subject.form.values()].some((values) => values.length > 1)
        if (twice) report(place('body'), { message: 'a parameter occurs twice' })
      }
    },
  }),
  rule({
    slug: 'grant-type',
    rows: { token: 'R-017' },
    clause: token,
    title: 'grant_type is client_credentials',
    why: 'it is the grant of the page',
    mend: 'send grant_type=client_credentials',
    check: ({ form }, report) => {
      if (form !== undefined && form.get('grant_type')?.[0] !== 'client_credentials') report(place('body'))
    },
  }),
  rule({
    slug: 'token-scope',
    rows: { token: 'R-018' },
    clause: token,
    title: 'scope of the token is manageRegistration, as it is written',
    why: 'a token for anything else manages no registration',
    mend: 'send scope=manageRegistration',
    check: ({ form }, report) => {
      if (form !== undefined && form.get('scope')?.[0] !== 'manageRegistration') report(place('body'))
    },
  }),
  rule({
    slug: 'token-client-id',
    rows: { token: 'R-019' },
    clause: token,
    title: 'client_id of the token request is PSD2_TPPRegister',
    why: 'the TPP has no client_id of its own yet; that of the example is an older one',
    mend: 'send client_id=PSD2_TPPRegister',
    check: ({ form }, report) => {
      if (form !== undefined && form.get('client_id')?.[0] !== 'PSD2_TPPRegister') report(place('body'))
    },
  }),
  rule({
    slug: 'request-id',
    rows: { create: 'R-030', update: 'R-101', read: 'R-120', remove: 'R-130' },
    clause: headers,
    title: 'there is one x-request-id, of 1 to 128 visible characters',
    why: 'it makes each request, and so each signature, one of its own',
    mend: 'send a UUID, a new one with every try',
    check: ({ view }, report) => {
      const values = view.fields.get('x-request-id') ?? []
      if (values.length !== 1 || !/^[\x21-\x7e]{1,128}$/.test(values[0] ?? '')) report(header('x-request-id'))
    },
  }),
  rule({
    slug: 'signature',
    rows: { create: 'R-031', update: 'R-101', read: 'R-120', remove: 'R-130' },
    clause: headers,
    title: 'there is one signature that can be read',
    why: 'every operation is signed with the key of the QSealC',
    mend: 'sign by the profile bpce: psd2 sign',
    check: ({ signatureError }, report) => {
      if (signatureError !== undefined)
        report(header('signature'), told(signatureError, 'the signature cannot be read'))
    },
  }),
  rule({
    slug: 'signature-covers',
    rows: { create: 'R-032', update: 'R-101', read: 'R-120', remove: 'R-130' },
    clause: headers,
    title: 'the signature covers (request-target), x-request-id, and digest where there is a body',
    why: 'what is not covered can be changed, and a signature that names no target serves for any',
    mend: 'sign by the profile bpce: psd2 sign',
    check: ({ components, view }, report) => {
      if (components === undefined) return
      const wanted = ['(request-target)', 'x-request-id', ...(view.body.length > 0 ? ['digest'] : [])]
      const missing = wanted.filter((name) => !components.includes(name))
      if (missing.length > 0) report(header('signature'), { actual: `${missing.join(', ')} not covered` })
    },
  }),
  rule({
    slug: 'digest',
    rows: { create: 'R-035', update: 'R-101', read: 'R-120', remove: 'R-130' },
    clause: headers,
    title: 'digest is SHA-256 of the octets of the body; without a body it may be absent',
    why: 'the signature covers the digest, and by it the body',
    mend: 'send Digest: SHA-256= and the base64 of the hash: psd2 digest',
    check: ({ digestError }, report) => {
      if (digestError !== undefined) report(header('digest'), told(digestError, 'the digest is not that of the body'))
    },
  }),
  rule({
    slug: 'authorization',
    rows: { create: 'R-036', update: 'R-101', read: 'R-120', remove: 'R-130' },
    clause: headers,
    title: 'there is one authorization: Bearer and the token',
    why: 'the token shows that the QWAC was there',
    mend: 'send authorization: Bearer <access_token>',
    check: ({ view }, report) => {
      const values = view.fields.get('authorization') ?? []
      if (values.length !== 1 || !bearer.test(values[0] ?? '')) report(header('authorization'))
    },
  }),
  rule({
    slug: 'content-type',
    rows: { create: 'R-002', update: 'R-116' },
    clause: rfc(7591, '3.1'),
    title: 'the body is announced as application/json',
    why: 'what is announced as something else is read as something else',
    mend: 'send Content-Type: application/json',
    check: (subject, report) => {
      if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType(subject))) {
        report(header('content-type'))
      }
    },
  }),
  rule({
    slug: 'no-body',
    rows: { read: 'R-120', remove: 'R-130' },
    clause: page('GET /register/{client_id}'),
    title: 'GET and DELETE have no body',
    why: 'nobody says what it would mean, and it would go unsigned',
    mend: 'send none',
    check: ({ view }, report) => {
      if (view.body.length > 0) report(place('body'))
    },
  }),
]

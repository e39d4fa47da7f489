import { describe, expect, it } from 'vitest'
import { type Der, encodeOid, namedBits, sequence } from '../../src/der/writer.ts'
import { certificateKind } from '../../src/eidas/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import {
  certificate,
  extension,
  isTrue,
  psd2Statement,
  qcCompliance,
  qcStatementsExtension,
  qcType,
  statement,
} from '../support/build.ts'

const policies = (...list: string[]) => extension('2.5.29.32', sequence(...list.map((oid) => sequence(encodeOid(oid)))))
const ca = extension('2.5.29.19', sequence(isTrue))
const QEVCP_W = '0.4.0.194112.1.4'
const QCP_L = '0.4.0.194112.1.1'
const types = (...oids: string[]) => statement('0.4.0.1862.1.6', sequence(...oids.map((oid) => encodeOid(oid))))

type Row = [what: string, extensions: Der[], kind: string, reason: string, evidence: string[]]

describe('certificateKind', () => {
  it.each<Row>([
    ['a CA', [ca], 'CA', 'basicConstraints has cA', ['2.5.29.19']],
    ['a CA with QcType', [ca, qcStatementsExtension(qcType(3))], 'CA', 'basicConstraints has cA', ['2.5.29.19']],
    ['esign', [qcStatementsExtension(qcType(1))], 'QESign', 'QcType says so', ['0.4.0.1862.1.6.1']],
    ['eseal', [qcStatementsExtension(qcType(2))], 'QSealC', 'QcType says so', ['0.4.0.1862.1.6.2']],
    ['web', [qcStatementsExtension(qcType(3))], 'QWAC', 'QcType says so', ['0.4.0.1862.1.6.3']],
    [
      'QcType against the policy',
      [qcStatementsExtension(qcType(2)), policies(QEVCP_W)],
      'QSealC',
      'QcType says so',
      ['0.4.0.1862.1.6.2'],
    ],
    [
      'the same type twice',
      [qcStatementsExtension(qcType(2, 2))],
      'QSealC',
      'QcType says so',
      ['0.4.0.1862.1.6.2', '0.4.0.1862.1.6.2'],
    ],
    [
      'two types',
      [qcStatementsExtension(qcType(2, 3))],
      'other',
      'QcType names several kinds',
      ['0.4.0.1862.1.6.2', '0.4.0.1862.1.6.3'],
    ],
    [
      'two types in two statements',
      [qcStatementsExtension(qcType(2), qcType(3))],
      'other',
      'QcType names several kinds',
      ['0.4.0.1862.1.6.2', '0.4.0.1862.1.6.3'],
    ],
    [
      'an unknown type',
      [qcStatementsExtension(types('1.2.3')), policies(QEVCP_W)],
      'other',
      'QcType names no known kind',
      ['1.2.3'],
    ],
    [
      'a known and an unknown type',
      [qcStatementsExtension(types('0.4.0.1862.1.6.3', '1.2.3'))],
      'other',
      'QcType names several kinds',
      ['0.4.0.1862.1.6.3', '1.2.3'],
    ],
    ['a policy alone', [policies('1.2.3', QEVCP_W)], 'QWAC', 'no QcType; the policy says so', [QEVCP_W]],
    [
      'the policy of PSD2',
      [qcStatementsExtension(qcCompliance), policies('0.4.0.19495.3.1')],
      'QWAC',
      'no QcType; the policy says so',
      ['0.4.0.19495.3.1'],
    ],
    [
      'a seal policy',
      [policies(QCP_L, '0.4.0.194112.1.3')],
      'QSealC',
      'no QcType; the policy says so',
      [QCP_L, '0.4.0.194112.1.3'],
    ],
    [
      'a policy for persons',
      [policies('0.4.0.194112.1.0')],
      'QESign',
      'no QcType; the policy says so',
      ['0.4.0.194112.1.0'],
    ],
    [
      'two policies',
      [policies(QCP_L, QEVCP_W)],
      'other',
      'no QcType; the policy names several kinds',
      [QCP_L, QEVCP_W],
    ],
    [
      'statements without a type',
      [qcStatementsExtension(qcCompliance, psd2Statement())],
      'other',
      'neither QcType nor a qualified policy says what it is for',
      [],
    ],
    [
      'QcType without a type',
      [qcStatementsExtension(types())],
      'other',
      'neither QcType nor a qualified policy says what it is for',
      [],
    ],
    [
      'key usage alone',
      [extension('2.5.29.15', namedBits([1]))],
      'other',
      'no qcStatements: this is no eIDAS certificate',
      [],
    ],
    ['nothing', [], 'other', 'no qcStatements: this is no eIDAS certificate', []],
  ])('%s', (_, extensions, kind, reason, evidence) => {
    expect(certificateKind(parseCertificate(certificate({ extensions })))).toEqual({ kind, reason, evidence })
  })

  it('never falls back to a policy where QcType cannot be read', () => {
    const unreadable = statement('0.4.0.1862.1.6', encodeOid('0.4.0.1862.1.6.2'))
    const parsed = parseCertificate(certificate({ extensions: [qcStatementsExtension(unreadable), policies(QEVCP_W)] }))
    expect(certificateKind(parsed).kind).toBe('other')
    const beside = parseCertificate(certificate({ extensions: [qcStatementsExtension(unreadable, qcType(3))] }))
    expect(certificateKind(beside).kind).toBe('other')
  })
})

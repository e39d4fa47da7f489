import type { CodeInfo, Leniency } from '../core/codes.ts'

/**
 * Everything that can be wrong with the eIDAS and PSD2 parts of a certificate when they are read. `QC_` is the encoding
 * of the statements, `PSD2_` what they say, `EIDAS_` what a certificate for PSD2 should have and lacks.
 */
export const eidasCodes = {
  QC_OUTER_SEQUENCE_MISSING: {
    leniency: 'strict',
    document: 'RFC 3739',
    clause: '3.2.6',
    says: 'qcStatements is a single QCStatement, the SEQUENCE OF around it is missing',
    mend: 'put the statements into one SEQUENCE',
  },
  QC_STATEMENT_TWICE: {
    leniency: 'note',
    document: 'ETSI EN 319 412-5',
    clause: 'QCS-4.1-02A',
    says: 'a statement occurs twice',
    mend: 'keep one of them',
  },
  QC_STATEMENT_INFO: {
    leniency: 'note',
    document: 'ETSI EN 319 412-5',
    clause: '4.2',
    says: 'a statement has information where it takes none, or not what it takes',
    mend: 'encode the statement as its clause defines it',
  },
  QC_STATEMENT_INVALID: {
    leniency: 'strict',
    document: 'ETSI EN 319 412-5',
    clause: '4',
    says: 'the information of a statement cannot be read',
    mend: 'encode the statement as its clause defines it',
  },
  QC_STRING_TYPE: {
    leniency: 'strict',
    document: 'ETSI EN 319 412-5',
    clause: '4.3.4',
    says: 'an address is not an IA5String',
    mend: 'encode the address as IA5String',
  },
  QC_STATEMENT_MISPLACED: {
    leniency: 'note',
    document: 'ETSI EN 319 412-1',
    clause: '5',
    says: 'a value is used as a statement',
    mend: 'put a semantics identifier into SemanticsInformation, a purpose into QcType',
  },
  PSD2_STATEMENT_TWICE: ts119495(
    'refuse',
    'GEN-5.1-1',
    'there are two PSD2 statements: neither is taken, and never both together',
    'have the certificate issued with one PSD2 statement',
  ),
  PSD2_ROLES_FLATTENED: ts119495(
    'strict',
    'Annex A',
    'object identifier and name of the roles stand in one SEQUENCE instead of one for each role',
    'encode RolesOfPSP as SEQUENCE OF SEQUENCE { roleOfPspOid, roleOfPspName }',
  ),
  PSD2_STRING_TYPE: ts119495('strict', 'Annex A', 'a name is not a UTF8String', 'encode the name as UTF8String'),
  PSD2_STRING_SIZE: ts119495('strict', 'Annex A', 'a name has not 1 to 256 characters', 'shorten or fill in the name'),
  PSD2_ROLES_NONE: ts119495('note', 'GEN-5.2.2-1', 'no role is named', 'name the roles that the authority granted'),
  PSD2_ROLE_TWICE: ts119495('note', 'GEN-5.2.2-1', 'a role is named twice', 'name each role once'),
  PSD2_ROLE_UNKNOWN: ts119495(
    'note',
    'GEN-5.2.2-2',
    'a role has an object identifier that no edition defines',
    'use the identifier of the role: PSP_AS is 0.4.0.19495.1.1, PSP_PI .2, PSP_AI .3, PSP_IC .4',
  ),
  PSD2_ROLE_NAME: ts119495(
    'note',
    'REG-5.2.2-5',
    'the name of a role is not that of its object identifier: only the identifier counts',
    'name the role as the clause has it',
  ),
  PSD2_NCA_ID_FORM: ts119495(
    'note',
    'GEN-5.2.3-2',
    'nCAId is not a country, a hyphen and two to eight capital letters',
    'use the identifier of the authority, for example FR-ACPR',
  ),
  PSD2_NCA_NOT_APPLICABLE: ts119495(
    'note',
    'GEN-5.2.3-5',
    'nCAId NA is for international institutions, with role PSP_CB or PSP_PA, and for them alone',
    'name the authority of the PSP; NA where there can be none',
  ),
  PSD2_NCA_UNKNOWN: ts119495(
    'note',
    'GEN-5.2.3-3',
    'no list of authorities has this nCAId',
    'use the identifier that the authority publishes',
  ),
  PSD2_NCA_MISMATCH: ts119495(
    'note',
    'GEN-5.2.3-4',
    'nCAId is not the authority of organizationIdentifier',
    'both must name the same country and authority',
  ),
  PSD2_ORGANIZATION_IDENTIFIER_MISSING: ts119495(
    'note',
    'GEN-5.2.1-1',
    'the subject has no organizationIdentifier',
    'have the certificate issued with one',
  ),
  PSD2_ORGANIZATION_IDENTIFIER_TWICE: ts119495(
    'strict',
    'GEN-5.2.1-1',
    'the subject has more than one organizationIdentifier: none is taken',
    'have the certificate issued with one',
  ),
  PSD2_ORGANIZATION_IDENTIFIER_CHARACTERS: ts119495(
    'strict',
    'GEN-5.2.1-3',
    'organizationIdentifier has a character that is not graphic ASCII and may look like one that is',
    'type the identifier anew: letters A to Z, digits, and the hyphen U+002D',
  ),
  PSD2_ORGANIZATION_IDENTIFIER_SCHEME: ts119495(
    'note',
    'GEN-5.2.1-4',
    'organizationIdentifier is of another scheme than PSD, which is for PSPs without an authorization number',
    'where the authority gave a number, have the certificate issued with the PSD form: some banks take no other',
  ),
  PSD2_ORGANIZATION_IDENTIFIER_FORM: ts119495(
    'note',
    'GEN-5.2.1-3',
    'organizationIdentifier is not PSD, country, hyphen, authority, hyphen, number',
    'use the form PSDFR-ACPR-12345, in ASCII',
  ),
  PSD2_COUNTRY_MISMATCH: {
    leniency: 'note',
    document: 'ETSI EN 319 412-3',
    clause: 'LEG-4.2.1-4',
    says: 'countryName of the subject is not the country of the authority',
    mend: 'right where the PSP is established elsewhere; else correct countryName',
  },
  EIDAS_NO_PSD2_STATEMENT: ts119495(
    'note',
    'GEN-5.1-1',
    'organizationIdentifier is that of a PSP, and no PSD2 statement says which roles it has',
    'have the certificate issued with the statement 0.4.0.19495.2',
  ),
  EIDAS_SIGNATURE_PSS: {
    leniency: 'note',
    document: 'BPCE PSD2 Registration API',
    clause: 'Limits',
    says: 'the certificate is signed with RSASSA-PSS: sound, but Groupe BPCE refuses it',
    mend: 'ask the QTSP for a certificate signed with sha256WithRSAEncryption',
  },
  EIDAS_LEAF_IS_CA: {
    leniency: 'note',
    document: 'RFC 5280',
    clause: '4.2.1.9',
    says: 'the certificate names a PSP and is a CA: it could issue others',
    mend: 'have the certificate issued without cA',
  },
  EIDAS_NO_QC_COMPLIANCE: en319412(
    '-5',
    'QCS-5-01',
    'QcCompliance is missing: the certificate does not call itself qualified',
  ),
  EIDAS_NO_QC_TYPE: en319412(
    '-5',
    'QCS-5-01',
    'QcType is missing: nothing says whether this is for a seal or for a web site',
  ),
  EIDAS_NO_QC_PDS: en319412('-5', 'QCS-5-01', 'QcPDS is missing: no disclosure statement is named'),
  EIDAS_NO_KEY_USAGE: en319412('-2', 'NAT-4.3.2-1', 'keyUsage is missing'),
  EIDAS_NO_EXTENDED_KEY_USAGE: {
    leniency: 'note',
    document: 'CA/Browser Forum BR',
    clause: '7.1.2.7.10',
    says: 'a certificate for web sites has no extKeyUsage',
    mend: 'have the certificate issued with serverAuth and clientAuth',
  },
  EIDAS_SIGNATURE_WEAK: {
    leniency: 'note',
    document: 'ETSI TS 119 312',
    clause: '5',
    says: 'the signature uses a hash that is broken',
    mend: 'have the certificate issued with SHA-256 or stronger',
  },
  EIDAS_VALIDITY_LONG: {
    leniency: 'note',
    document: 'practice',
    clause: 'validity of leaf certificates',
    says: 'the certificate is valid for more than ten years',
    mend: 'no QTSP issues such leaves: this is a test certificate, or a forgery',
  },
} as const satisfies Record<string, CodeInfo>

export type EidasCode = keyof typeof eidasCodes

function ts119495(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'ETSI TS 119 495', clause, says, mend }
}

function en319412(part: string, clause: string, says: string): CodeInfo {
  return {
    leniency: 'note',
    document: `ETSI EN 319 412${part}`,
    clause,
    says,
    mend: 'have the certificate issued with it',
  }
}

import { describe, expect, it } from 'vitest'
import { oidName } from '../../src/core/oids.ts'
import { competentAuthorities, findAuthority, findAuthorityByAlias } from '../../src/eidas/authorities.ts'
import { eidasCodes } from '../../src/eidas/codes.ts'
import { isCountry } from '../../src/eidas/countries.ts'
import { bareStatements, statementReaders } from '../../src/eidas/qc-statements/table.ts'
import { pspRoles, roleByOid } from '../../src/eidas/roles.ts'

describe('competentAuthorities', () => {
  it.each(competentAuthorities.map((authority) => [authority.ncaId, authority] as const))(
    '%s is sound',
    (ncaId, authority) => {
      expect(ncaId).toMatch(/^[A-Z]{2}-[A-Z]{2,8}$/)
      expect(authority.country).toBe(ncaId.slice(0, 2))
      expect(isCountry(authority.country)).toBe(true)
      if (authority.supersededBy !== undefined) expect(findAuthority(authority.supersededBy)).toBeDefined()
      if (!authority.onEbaList) expect(authority.until).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      for (const alias of authority.aliases ?? []) {
        expect(findAuthority(alias)).toBeUndefined()
        expect(findAuthorityByAlias(alias)).toBe(authority)
      }
    },
  )

  it('has each nCAId once', () => {
    expect(new Set(competentAuthorities.map(({ ncaId }) => ncaId)).size).toBe(competentAuthorities.length)
  })

  it('compares spelling exactly', () => {
    expect(findAuthority('FR-ACPR')?.name).toContain('Prudential')
    expect(findAuthority('fr-acpr')).toBeUndefined()
    expect(findAuthority('ES-BDE')).toBeUndefined()
    expect(findAuthorityByAlias('ES-BDE')?.ncaId).toBe('ES-BE')
    expect(findAuthorityByAlias('ES-BE')).toBeUndefined()
  })
})

describe('pspRoles', () => {
  it.each(pspRoles.map((info) => [info.role, info] as const))('%s has its object identifier', (role, info) => {
    expect(oidName(info.oid)).toBe(role)
    expect(roleByOid(info.oid)).toBe(info)
  })

  it('has no role for another', () => {
    expect(roleByOid('0.4.0.19495.1')).toBeUndefined()
    expect(roleByOid('0.4.0.19495.1.7')).toBeUndefined()
  })
})

describe('statements', () => {
  const all = [
    ...Object.entries(bareStatements),
    ...Object.entries(statementReaders).map(([name, { oid }]) => [name, oid]),
  ]
  it.each(all)('%s has its object identifier', (name, oid) => {
    const known = name === 'SemanticsInformation' ? 'pkixQCSyntax-v2' : name
    expect(oidName(oid as string)).toBe(known)
  })
})

describe('eidasCodes', () => {
  it.each(Object.entries(eidasCodes))('%s cites a clause, says what and how to mend it', (code, info) => {
    expect(code).toMatch(/^(QC|PSD2|EIDAS)_[A-Z0-9_]+$/)
    expect([info.document, info.clause, info.says, info.mend].every((text) => text.length > 0)).toBe(true)
    if (code.startsWith('EIDAS_')) expect(info.leniency).toBe('note')
  })
})

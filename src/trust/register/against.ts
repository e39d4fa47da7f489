import type { AuthorisationState } from './authorisation.ts'
import type { RegisterAnswer } from './lookup.ts'

const ended: readonly AuthorisationState[] = ['withdrawn', 'not-yet']

/**
 * True where the register has the institution and it may not act: no authorisation that day, none by the directive at all,
 * or not the service that one of the roles stands for. That it has none of the number is another matter.
 */
export function speaksAgainst({ match }: Pick<RegisterAnswer, 'match'>): boolean {
  if (match === undefined) return false
  const { authorisation, entity, roles } = match
  return (
    ended.includes(authorisation) || entity.type === 'PSD_EXC' || roles.some(({ status }) => status === 'not-granted')
  )
}

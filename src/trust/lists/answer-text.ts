import type { ServiceAnswer, ServiceEvidence } from './find-service.ts'
import type { NotGrantedReason } from './judge.ts'

const reasons: Readonly<Record<NotGrantedReason | 'no-such-service' | 'stale', string>> = {
  'other-type': 'the service does not issue qualified certificates',
  'before-start': 'the service began later',
  withdrawn: 'the service was not granted then',
  'other-use': 'the service is for another use',
  qualifier: 'the list excludes this certificate, or may',
  'not-understood': 'the entry has a critical extension that is not known',
  conflict: 'the lists contradict themselves about this key',
  'no-such-service': 'no list has the key of the issuer',
  stale: 'the list is out of date',
}

/**
 * An answer in words, with the lists and services that it rests on. Names in it are somebody else's text: whoever prints it
 * escapes it.
 */
export function answerText({ status, reason, evidence }: ServiceAnswer): string {
  const what = reason === undefined ? status : `${status}: ${reasons[reason]}`
  return [what, ...evidence.map(evidenceText)].join('; ')
}

function evidenceText({ service, status, list, stale }: ServiceEvidence): string {
  const { territory, sequenceNumber, issued, nextUpdate } = list
  const next = nextUpdate === undefined ? 'closed' : `next update ${day(nextUpdate)}`
  const held =
    status === undefined
      ? 'no status yet'
      : `${status.type} ${status.status} since ${day(status.from)}${status.uses.length === 0 ? '' : ` for ${status.uses.join(', ')}`}`
  const late = stale ? ', out of date' : ''
  return `${territory} list ${sequenceNumber} of ${day(issued)}, ${next}${late}: ${service.provider}, ${service.name}, ${held}`
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

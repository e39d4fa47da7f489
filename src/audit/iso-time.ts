/** ISO 8601 in whole seconds. */
export function isoTime(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z')
}

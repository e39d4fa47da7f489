/** What is needed of a logger; that of pino fits. Nothing secret is ever given to it. */
export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

const nothing = (): void => undefined

/** Says nothing. */
export const silent: Logger = { info: nothing, warn: nothing, error: nothing }

/** First day of the editions of TS 119 495 that changed what is demanded. */
export const editions = {
  /** An identifier of another scheme is allowed where there is no authorization number. */
  '1.5.1': '2021-04-01',
  /** Roles of international institutions and of verification of payee; nCAName and nCAId `NA`. */
  '1.8.1': '2026-04-01',
} as const

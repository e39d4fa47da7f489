/** Made by `npm run docs:generate`: a certificate of `vectors` that keeps each rule, and one that breaks it. */
export const ruleExamples: Readonly<Record<string, { readonly passes?: string; readonly fails?: string }>> = {}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shapeOf } from '../../src/lists/signature-shape.ts'
import { decodeXml, parseXml } from '../../src/trust/lists/xml.ts'

/** Every list of the folder, by name. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.xml'))
}

export const octetsOf = (folder: string, file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)))

/** The certificates that come with a signature. Pinning them shows that a signature is right, not who made it. */
export function ownSigners(bytes: Uint8Array): Uint8Array[] {
  return shapeOf(parseXml(decodeXml(bytes))).certificates.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
}

/** The code that a promise or a call is refused with; `verified` where it is not. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'verified'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/** A text with one part exchanged; throws where the part is not there, so that no test passes by accident. */
export function exchange(text: string, part: string | RegExp, by: string): string {
  const changed = text.replace(part, () => by)
  if (changed === text) throw new Error(`nothing to exchange: ${part}`)
  return changed
}

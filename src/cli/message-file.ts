import { decodeBase64 } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import type { HttpMessage, HttpResponse } from '../http/index.ts'

/** A message as commands read it: a request, or a response with the request that it answers. */
export type FileMessage = { readonly request: HttpMessage } | { readonly response: HttpResponse }

const requestMembers = ['method', 'target', 'headers', 'body']
const responseMembers = ['status', 'headers', 'body', 'request']

/**
 * Reads `{ "method", "target", "headers": [["name","value"],...], "body": "base64" }`, or a response with `"status"` and
 * `"request"`.
 *
 * @throws Psd2Error `JSON_...`, `MESSAGE_FILE` with the JSON Pointer
 */
export function readMessageFile(bytes: Uint8Array): FileMessage {
  const value = parseJson(bytes, { size: 64 << 20, depth: 8 })
  const object = objectAt(value, '')
  return 'status' in object ? { response: readResponse(object) } : { request: readRequest(object, '') }
}

function readRequest(object: JsonObject, path: string): HttpMessage {
  onlyMembers(object, requestMembers, path)
  return {
    method: textAt(object.method, `${path}/method`),
    target: textAt(object.target, `${path}/target`),
    ...content(object, path),
  }
}

function readResponse(object: JsonObject): HttpResponse {
  onlyMembers(object, responseMembers, '')
  const { status } = object
  if (typeof status !== 'number') throw wrong('/status', 'a number')
  const request =
    object.request === undefined ? undefined : readRequest(objectAt(object.request, '/request'), '/request')
  return { status, ...content(object, ''), ...(request === undefined ? {} : { request }) }
}

function content(object: JsonObject, path: string): { headers: [string, string][]; body: Uint8Array } {
  const { headers = [], body } = object
  if (!Array.isArray(headers)) throw wrong(`${path}/headers`, 'a list of [name, value]')
  return {
    headers: (headers as readonly JsonValue[]).map((line, index) => headerAt(line, `${path}/headers/${index}`)),
    body: body === undefined || body === null ? new Uint8Array() : decodeBase64(textAt(body, `${path}/body`)),
  }
}

function headerAt(line: JsonValue, path: string): [string, string] {
  if (!Array.isArray(line) || line.length !== 2) throw wrong(path, '[name, value]')
  return [textAt(line[0], `${path}/0`), textAt(line[1], `${path}/1`)]
}

function objectAt(value: JsonValue, path: string): JsonObject {
  if (isJsonObject(value)) return value
  throw wrong(path, 'an object')
}

function textAt(value: JsonValue | undefined, path: string): string {
  if (typeof value === 'string') return value
  throw wrong(path, 'a text')
}

function onlyMembers(object: JsonObject, names: readonly string[], path: string): void {
  for (const name in object) if (!names.includes(name)) throw wrong(`${path}/${name}`, `one of ${names.join(', ')}`)
}

function wrong(path: string, wanted: string): Psd2Error {
  return new Psd2Error('MESSAGE_FILE', `the message file wants ${wanted} at ${path === '' ? 'the top' : path}`, {
    path,
    mend: 'write { "method": "POST", "target": "/path", "headers": [["name", "value"]], "body": "base64" }',
  })
}

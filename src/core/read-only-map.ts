/** The map itself, whose entries nobody can change any more: for what is given to many. */
export function readOnlyMap<Key, Value>(map: Map<Key, Value>): ReadonlyMap<Key, Value> {
  for (const name of ['set', 'delete', 'clear']) Object.defineProperty(map, name, { value: refuse })
  return Object.freeze(map)
}

function refuse(): never {
  throw new TypeError('this map is shared and cannot be changed: make a new one of it')
}

import { expect, test } from 'vitest'
import type { Warehouse } from '../../src/warehouse/api.ts'
import { warehouseId } from '../../src/warehouse/warehouse-id.ts'
import { failureOf } from '../support/failures.ts'

const warehouses: Warehouse[] = [
  { id: '0123456789abcdef', name: 'Nightly' },
  { id: 'fedcba9876543210', name: 'Shared warehouse (prod)' },
  { id: '00000000000000aa', name: 'Twice' },
  { id: '00000000000000bb', name: 'Twice' },
]
const find = (given: string, list = async () => warehouses) =>
  warehouseId({ origin: 'https://dbc-1.cloud.databricks.com', given, environment: {} }, list)
const never = () => Promise.reject(new TypeError('The list is not asked for.'))

test('an id is taken as it is, and nothing is asked', async () => {
  expect(await find('abcdef0123456789', never)).toBe('abcdef0123456789')
})

test('a name is that of exactly one', async () => {
  expect(await find('Nightly')).toBe('0123456789abcdef')
  expect(await find('Shared warehouse (prod)')).toBe('fedcba9876543210')
})

test.each([
  ['nightly', 'No warehouse has the name', warehouses],
  ['0123456789ABCDEF', 'No warehouse has the name', warehouses],
  ['Twice', '2 warehouses have the name', warehouses.slice(2)],
])('%s is refused, and those to choose from are listed', async (given, told, listed) => {
  const { code, message } = await failureOf(() => find(given))
  expect([code, message]).toEqual(['WAREHOUSE_MISSING', expect.stringContaining(told)])
  expect(message.match(/^[0-9a-f]{16} .*$/gm)).toEqual(listed.slice(0).map(({ id, name }) => `${id}  ${name}`))
})

test('where the list cannot be had for a name, that is the failure', async () => {
  await expect(find('Nightly', never)).rejects.toThrow('The list is not asked for.')
})

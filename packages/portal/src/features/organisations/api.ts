import {
  type BodyOf,
  closeService,
  createOrganisation,
  getOrganisation,
  listOrganisations,
  makeService,
  renameService,
  setOrganisationNames,
} from '@scel/contract/routes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export type NewOrganisation = BodyOf<typeof createOrganisation>

export const organisationsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['organisation', 'list', search],
    queryFn: ({ pageParam, signal }) => call(listOrganisations, { query: { search, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organisation', 'one', id],
    queryFn: ({ signal }) => call(getOrganisation, { params: { id } }, signal),
  })

export const create = (organisation: NewOrganisation) => call(createOrganisation, { body: organisation })

export const setNames = (id: string, nameSuffixes: string[]) =>
  call(setOrganisationNames, { params: { id }, body: { nameSuffixes } })

export const addService = (id: string, name: string) => call(makeService, { params: { id }, body: { name } })

export const rename = (id: string, service: string, name: string) =>
  call(renameService, { params: { id, service }, body: { name } })

export const close = (id: string, service: string) => call(closeService, { params: { id, service } })

export { type About, type Services, servicesOf } from './about.ts'
export type { Handlers, RouteName } from './handlers.ts'
export { invitationLink } from './people.ts'
export { addApi, addMutualApi } from './routes.ts'

export { type About, type Services, servicesOf } from './about.ts'
export { invitationLink } from './people.ts'
export { addApi, addMutualApi } from './routes.ts'

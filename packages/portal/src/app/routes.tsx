import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
  redirect,
} from '@tanstack/react-router'
import { parseCertificateSearch } from '../features/certificates/index.ts'
import { parseNewKitSearch } from '../features/kits/index.ts'
import { parseNewPersonSearch } from '../features/people/index.ts'
import { parseRequestSearch } from '../features/requests/index.ts'
import { parseSignInSearch } from '../features/sign-in/index.ts'
import { meQuery, needsSignIn } from '../lib/desk/index.ts'
import { ErrorPage } from './error-page.tsx'
import { Frame } from './frame.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { rememberPlace, takePlace } from './place.ts'
import { Shell } from './shell.tsx'
import { Waiting } from './waiting.tsx'

// Every page on one page. Those under `shell` need a signed-in person; each is a bundle of its own.

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Frame })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazy(() => import('../features/sign-in/page.tsx'), 'SignInPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazy(() => import('../features/invitation/page.tsx'), 'InvitationPage'),
})

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in-link',
  component: lazy(() => import('../features/sign-in-link/page.tsx'), 'SignInLinkPage'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meQuery)
    } catch (error) {
      if (!needsSignIn(error)) throw error
      rememberPlace(location.href)
      throw redirect({ to: '/sign-in', search: {}, replace: true })
    }
  },
})

const under = <const Path extends string>(path: Path) => ({ getParentRoute: () => shell, path })

const home = createRoute({
  ...under('/'),
  beforeLoad: () => {
    const place = takePlace()
    throw place ? redirect({ href: place, replace: true }) : redirect({ to: '/requests', replace: true })
  },
})

const pages = [
  createRoute({
    ...under('/requests'),
    validateSearch: parseRequestSearch,
    component: lazy(() => import('../features/requests/list-page.tsx'), 'RequestsPage'),
  }),
  createRoute({
    ...under('/requests/new'),
    component: lazy(() => import('../features/requests/new-page.tsx'), 'NewRequestPage'),
  }),
  createRoute({
    ...under('/requests/$number'),
    component: lazy(() => import('../features/requests/detail-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    ...under('/certificates'),
    validateSearch: parseCertificateSearch,
    component: lazy(() => import('../features/certificates/list-page.tsx'), 'CertificatesPage'),
  }),
  createRoute({
    ...under('/certificates/$id'),
    component: lazy(() => import('../features/certificates/detail-page.tsx'), 'CertificatePage'),
  }),
  createRoute({
    ...under('/organisations'),
    component: lazy(() => import('../features/organisations/list-page.tsx'), 'OrganisationsPage'),
  }),
  createRoute({
    ...under('/organisations/new'),
    component: lazy(() => import('../features/organisations/new-page.tsx'), 'NewOrganisationPage'),
  }),
  createRoute({
    ...under('/organisations/$id'),
    component: lazy(() => import('../features/organisations/detail-page.tsx'), 'OrganisationPage'),
  }),
  createRoute({
    ...under('/people'),
    component: lazy(() => import('../features/people/list-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    ...under('/people/new'),
    validateSearch: parseNewPersonSearch,
    component: lazy(() => import('../features/people/new-page.tsx'), 'NewPersonPage'),
  }),
  createRoute({
    ...under('/people/$id'),
    component: lazy(() => import('../features/people/detail-page.tsx'), 'PersonPage'),
  }),
  createRoute({ ...under('/kits'), component: lazy(() => import('../features/kits/list-page.tsx'), 'KitsPage') }),
  createRoute({
    ...under('/kits/new'),
    validateSearch: parseNewKitSearch,
    component: lazy(() => import('../features/kits/new-page.tsx'), 'NewKitPage'),
  }),
  createRoute({
    ...under('/authorities'),
    component: lazy(() => import('../features/authorities/page.tsx'), 'AuthoritiesPage'),
  }),
  createRoute({ ...under('/files'), component: lazy(() => import('../features/files/page.tsx'), 'FilesPage') }),
  createRoute({ ...under('/audit'), component: lazy(() => import('../features/audit/page.tsx'), 'AuditPage') }),
  createRoute({
    ...under('/deliveries'),
    component: lazy(() => import('../features/deliveries/page.tsx'), 'DeliveriesPage'),
  }),
  createRoute({
    ...under('/sessions'),
    component: lazy(() => import('../features/sessions/page.tsx'), 'SessionsPage'),
  }),
  createRoute({
    ...under('/preferences'),
    component: lazy(() => import('../features/preferences/page.tsx'), 'PreferencesPage'),
  }),
] as const

const tree = root.addChildren([signIn, invitation, signInLink, shell.addChildren([home, ...pages])])

export const createPortalRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: Waiting,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>
  }
}

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
  type RouterHistory,
} from '@tanstack/react-router';
import { readAccessSearch } from '../features/access/search';
import { readOrganisationSearch } from '../features/organisation/search';
import { readSignInSearch } from '../features/session/search';
import { readBetweenSearch } from '../features/between/search';
import { readActionSearch, readNewActionSearch } from '../features/actions/search';
import {
  readChainListSearch,
  readChainSearch,
  readHandoverListSearch,
} from '../features/chains/search';
import { readGapSearch } from '../features/gaps/search';
import { loadFirstTexts, loadTexts } from '../i18n';
import { readFreshnessSearch } from '../features/freshness/search';
import { readForumSearch, readLoopSearch } from '../features/forums/search';
import { readGoalPageSearch, readGoalSearch } from '../features/goals/search';
import { readLogSearch } from '../features/log/search';
import { readMailSearch } from '../features/mails/search';
import { readWorkSearch } from '../features/actions/workSearch';
import { readMatrixSearch } from '../features/matrix/search';
import { readMeetingSearch } from '../features/meetings/search';
import { readCompareSearch, readPlanPageSearch } from '../features/plan/search';
import { readChangeSearch } from '../features/overview/changes';
import { readOverviewSearch } from '../features/overview/search';
import { readRadarSearch } from '../features/radar/search';
import {
  readCompareSearch as readRoundsCompareSearch,
  readRoundSearch,
} from '../features/rounds/search';
import { readResultSearch } from '../features/search/search';
import { readListSearch, readOnSearch } from '../features/responsibilities/search';
import { readGlobalSearch, type PastOfPage } from '../lib/asOf';
import { isLang, preferredLang, rememberLang } from '../lib/lang';
import { BrokenPage } from './BrokenPage';
import { LanguageLayout } from './LanguageLayout';
import { NotFoundPage } from './NotFoundPage';

const rootRoute = createRootRoute({
  component: Outlet,
  staticData: { past: 'none' },
  validateSearch: readGlobalSearch,
  search: { middlewares: [retainSearchParams(['asOf'])] },
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  staticData: { past: 'none' },
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way
    throw redirect({ to: '/$lang', params: { lang: preferredLang() }, replace: true });
  },
});

/** Everything a person reads lies under its language. An unknown one is an unknown page. */
export const langRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '$lang',
  staticData: { past: 'none' },
  beforeLoad: async ({ params, location }) => {
    const asked: string = params.lang;
    const known = isLang(asked);
    const lang = known ? asked : preferredLang();
    if (known) rememberLang(lang);
    const front = location.pathname.replaceAll('/', '') === lang;
    return { known, lang, texts: await (front ? loadFirstTexts(lang) : loadTexts(lang)) };
  },
  component: LanguageLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: BrokenPage,
});

const overviewRoute = createRoute({
  getParentRoute: () => langRoute,
  path: '/',
  staticData: { past: 'shown' },
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import('../features/overview/OverviewPage'), 'OverviewPage'),
});

const changesRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'changes',
  staticData: { past: 'shown' },
  validateSearch: readChangeSearch,
  component: lazyRouteComponent(() => import('../features/overview/ChangesPage'), 'ChangesPage'),
});

const betweenRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'between',
  staticData: { past: 'own' },
  validateSearch: readBetweenSearch,
  component: lazyRouteComponent(() => import('../features/between/BetweenPage'), 'BetweenPage'),
});

const componentsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'components',
  staticData: { past: 'none' },
  component: lazyRouteComponent(
    () => import('../features/components/ComponentsPage'),
    'ComponentsPage',
  ),
});

const signInRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'sign-in',
  staticData: { past: 'none' },
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../features/session/SignInPage'), 'SignInPage'),
});

const goalsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'goals',
  staticData: { past: 'shown' },
  validateSearch: readGoalSearch,
  component: lazyRouteComponent(() => import('../features/goals/GoalsPage'), 'GoalsPage'),
});

const newGoalRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'goals/new',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/goals/NewGoalPage'), 'NewGoalPage'),
});

const goalRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'goals/$no',
  staticData: { past: 'shown' },
  validateSearch: readGoalPageSearch,
  component: lazyRouteComponent(() => import('../features/goals/GoalPage'), 'GoalPage'),
});

const chainsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'chains',
  staticData: { past: 'shown' },
  validateSearch: readChainListSearch,
  component: lazyRouteComponent(() => import('../features/chains/ChainsPage'), 'ChainsPage'),
});

const newChainRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'chains/new',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/chains/NewChainPage'), 'NewChainPage'),
});

const chainRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'chains/$id',
  staticData: { past: 'shown' },
  validateSearch: readChainSearch,
  component: lazyRouteComponent(() => import('../features/chains/ChainPage'), 'ChainPage'),
});

const chainGuideRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'chains/$id/guide',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/chains/GuidePage'), 'GuidePage'),
});

const handoversRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'handovers',
  staticData: { past: 'shown' },
  validateSearch: readHandoverListSearch,
  component: lazyRouteComponent(() => import('../features/chains/HandoversPage'), 'HandoversPage'),
});

const gapsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'gaps',
  staticData: { past: 'shown' },
  validateSearch: readGapSearch,
  component: lazyRouteComponent(() => import('../features/gaps/GapsPage'), 'GapsPage'),
});

const draftRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'drafts/$id',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/drafts/DraftPage'), 'DraftPage'),
});

const forumsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'forums',
  staticData: { past: 'shown' },
  validateSearch: readForumSearch,
  component: lazyRouteComponent(() => import('../features/forums/ForumsPage'), 'ForumsPage'),
});

const newForumRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'forums/new',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/forums/NewForumPage'), 'NewForumPage'),
});

const forumRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'forums/$id',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/forums/ForumPage'), 'ForumPage'),
});

const forumImportRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'forums/$id/import',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/forums/ImportPage'), 'ImportPage'),
});

const caseRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'cases/$party/$',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/meetings/CasePage'), 'CasePage'),
});

const itemCaseRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'agenda-items/$id/case',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/meetings/CasePage'), 'CasePage'),
});

const openLoopsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'open-loops',
  staticData: { past: 'shown' },
  validateSearch: readLoopSearch,
  component: lazyRouteComponent(() => import('../features/forums/OpenLoopsPage'), 'OpenLoopsPage'),
});

const forumYearRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'forums/$id/year',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/forums/YearPage'), 'YearPage'),
});

const meetingRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'meetings/$id',
  staticData: { past: 'shown' },
  validateSearch: readMeetingSearch,
  component: lazyRouteComponent(() => import('../features/meetings/MeetingPage'), 'MeetingPage'),
});

const meetingShowRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'meetings/$id/show',
  validateSearch: readMeetingSearch,
  staticData: { bare: true, past: 'shown' },
  component: lazyRouteComponent(() => import('../features/meetings/ShowPage'), 'ShowPage'),
});

const logRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'transparency/log',
  staticData: { past: 'own' },
  validateSearch: readLogSearch,
  component: lazyRouteComponent(() => import('../features/log/LogPage'), 'LogPage'),
});

const planRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'plan',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/plan/PlanPage'), 'PlanPage'),
});

const onePlanRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'plan/$key',
  staticData: { past: 'shown' },
  validateSearch: readPlanPageSearch,
  component: lazyRouteComponent(() => import('../features/plan/OnePlanPage'), 'OnePlanPage'),
});

const comparePlanRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'plan/$key/compare',
  staticData: { past: 'own' },
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('../features/plan/ComparePage'), 'ComparePage'),
});

const carryOverRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'plan/$key/carry-over',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/plan/CarryOverPage'), 'CarryOverPage'),
});

const roundsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'rounds',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/rounds/RoundsPage'), 'RoundsPage'),
});

const compareRoundsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'rounds/compare',
  staticData: { past: 'shown' },
  validateSearch: readRoundsCompareSearch,
  component: lazyRouteComponent(() => import('../features/rounds/ComparePage'), 'ComparePage'),
});

const roundRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'rounds/$key',
  staticData: { past: 'shown' },
  validateSearch: readRoundSearch,
  component: lazyRouteComponent(() => import('../features/rounds/RoundPage'), 'RoundPage'),
});

const organisationRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'organisation',
  staticData: { past: 'shown' },
  validateSearch: readOrganisationSearch,
  component: lazyRouteComponent(
    () => import('../features/organisation/OrganisationPage'),
    'OrganisationPage',
  ),
});

const postRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'organisation/posts/$id',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/organisation/PostPage'), 'PostPage'),
});

const radarRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'radar',
  staticData: { past: 'shown' },
  validateSearch: readRadarSearch,
  component: lazyRouteComponent(() => import('../features/radar/RadarPage'), 'RadarPage'),
});

const freshnessRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'freshness',
  staticData: { past: 'shown' },
  validateSearch: readFreshnessSearch,
  component: lazyRouteComponent(
    () => import('../features/freshness/FreshnessPage'),
    'FreshnessPage',
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'my-details',
  staticData: { past: 'now' },
  component: lazyRouteComponent(() => import('../features/profile/ProfilePage'), 'ProfilePage'),
});

const tokensRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'api-tokens',
  staticData: { past: 'now' },
  component: lazyRouteComponent(() => import('../features/tokens/TokensPage'), 'TokensPage'),
});

const unsubscribeRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'unsubscribe/$token',
  staticData: { past: 'none' },
  component: lazyRouteComponent(
    () => import('../features/profile/UnsubscribePage'),
    'UnsubscribePage',
  ),
});

const accessRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/access',
  staticData: { past: 'shown' },
  validateSearch: readAccessSearch,
  component: lazyRouteComponent(() => import('../features/access/AccessPage'), 'AccessPage'),
});

const personRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/people/$id',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/access/PersonPage'), 'PersonPage'),
});

const mailsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/mails',
  staticData: { past: 'now' },
  validateSearch: readMailSearch,
  component: lazyRouteComponent(() => import('../features/mails/MailsPage'), 'MailsPage'),
});

const decisionFeedsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/decision-feeds',
  staticData: { past: 'now' },
  component: lazyRouteComponent(
    () => import('../features/decisionfeeds/DecisionFeedsPage'),
    'DecisionFeedsPage',
  ),
});

const jobsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/jobs',
  staticData: { past: 'now' },
  component: lazyRouteComponent(() => import('../features/jobs/JobsPage'), 'JobsPage'),
});

const mailTextsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'admin/mail-texts',
  staticData: { past: 'now' },
  component: lazyRouteComponent(
    () => import('../features/mailtexts/MailTextsPage'),
    'MailTextsPage',
  ),
});

const searchRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'search',
  staticData: { past: 'shown' },
  validateSearch: readResultSearch,
  component: lazyRouteComponent(() => import('../features/search/SearchPage'), 'SearchPage'),
});

const viewsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'views',
  staticData: { past: 'now' },
  component: lazyRouteComponent(() => import('../features/views/ViewsPage'), 'ViewsPage'),
});

const openViewRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'views/$id',
  staticData: { past: 'now' },
  component: lazyRouteComponent(() => import('../features/views/OpenViewPage'), 'OpenViewPage'),
});

const actionsRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'actions',
  staticData: { past: 'shown' },
  validateSearch: readActionSearch,
  component: lazyRouteComponent(() => import('../features/actions/ActionsPage'), 'ActionsPage'),
});

const actionNewRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'actions/new',
  staticData: { past: 'change' },
  validateSearch: readNewActionSearch,
  component: lazyRouteComponent(
    () => import('../features/actions/ActionEditPages'),
    'ActionNewPage',
  ),
});

const actionImportRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'actions/import',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/imports/ImportPage'), 'ActionImportPage'),
});

const goalImportRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'goals/import',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/imports/ImportPage'), 'GoalImportPage'),
});

const postImportRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'organisation/import',
  staticData: { past: 'change' },
  component: lazyRouteComponent(() => import('../features/imports/ImportPage'), 'PostImportPage'),
});

const responsibilityImportRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'responsibilities/import',
  staticData: { past: 'change' },
  component: lazyRouteComponent(
    () => import('../features/imports/ImportPage'),
    'ResponsibilityImportPage',
  ),
});

const actionRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'actions/$no',
  staticData: { past: 'shown' },
  component: lazyRouteComponent(() => import('../features/actions/ActionPage'), 'ActionPage'),
});

const actionEditRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'actions/$no/edit',
  staticData: { past: 'change' },
  component: lazyRouteComponent(
    () => import('../features/actions/ActionEditPages'),
    'ActionEditPage',
  ),
});

const responsibilitiesRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'responsibilities',
  staticData: { past: 'shown' },
  validateSearch: readMatrixSearch,
  component: lazyRouteComponent(() => import('../features/matrix/MatrixPage'), 'MatrixPage'),
});

const responsibleOnRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'responsibilities/on',
  staticData: { past: 'own' },
  validateSearch: readOnSearch,
  component: lazyRouteComponent(() => import('../features/responsibilities/OnPage'), 'OnPage'),
});

const responsibilityListRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'responsibilities/list',
  staticData: { past: 'shown' },
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('../features/responsibilities/ListPage'), 'ListPage'),
});

const myWorkRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'my-work',
  staticData: { past: 'now' },
  validateSearch: readWorkSearch,
  component: lazyRouteComponent(() => import('../features/actions/MyWorkPage'), 'MyWorkPage'),
});

const conditionHelpRoute = createRoute({
  getParentRoute: () => langRoute,
  path: 'help/condition',
  staticData: { past: 'none' },
  component: lazyRouteComponent(
    () => import('../features/actions/ConditionHelpPage'),
    'ConditionHelpPage',
  ),
});

const actionRoutes = [
  searchRoute,
  viewsRoute,
  openViewRoute,
  actionsRoute,
  actionNewRoute,
  actionImportRoute,
  goalImportRoute,
  postImportRoute,
  responsibilityImportRoute,
  actionRoute,
  actionEditRoute,
  myWorkRoute,
  conditionHelpRoute,
] as const;

const routeTree = rootRoute.addChildren([
  homeRoute,
  langRoute.addChildren([
    overviewRoute,
    changesRoute,
    betweenRoute,
    componentsRoute,
    signInRoute,
    ...actionRoutes,
    responsibilitiesRoute,
    responsibleOnRoute,
    responsibilityListRoute,
    goalsRoute,
    newGoalRoute,
    goalRoute,
    chainsRoute,
    newChainRoute,
    chainRoute,
    chainGuideRoute,
    handoversRoute,
    gapsRoute,
    draftRoute,
    forumsRoute,
    caseRoute,
    itemCaseRoute,
    newForumRoute,
    forumRoute,
    forumYearRoute,
    forumImportRoute,
    openLoopsRoute,
    meetingRoute,
    meetingShowRoute,
    logRoute,
    planRoute,
    onePlanRoute,
    comparePlanRoute,
    carryOverRoute,
    roundsRoute,
    compareRoundsRoute,
    roundRoute,
    organisationRoute,
    postRoute,
    profileRoute,
    tokensRoute,
    unsubscribeRoute,
    radarRoute,
    freshnessRoute,
    accessRoute,
    personRoute,
    mailsRoute,
    decisionFeedsRoute,
    jobsRoute,
    mailTextsRoute,
  ]),
]);

/** The router of the site; tests give it a history of their own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    caseSensitive: true, // as the server takes addresses
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    /** The page stands without header and footer. */
    bare?: boolean;
    /** What the page makes of a past day. Without it a route does not compile. */
    past: PastOfPage;
  }
}

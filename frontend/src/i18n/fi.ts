import { access } from './fi/access';
import { actionTable } from './fi/actionTable';
import { imports } from './fi/imports';
import { actions } from './fi/actions';
import { agenda } from './fi/agenda';
import { app } from './fi/app';
import { board } from './fi/board';
import { bulk } from './fi/bulk';
import { calendars } from './fi/calendars';
import { chains } from './fi/chains';
import { components } from './fi/components';
import { content } from './fi/content';
import { decisionFeeds } from './fi/decisionFeeds';
import { dependencies } from './fi/dependencies';
import { drafts } from './fi/drafts';
import { following } from './fi/following';
import { forums } from './fi/forums';
import { freshness } from './fi/freshness';
import { forumImport } from './fi/forumImport';
import { forumLoops } from './fi/forumLoops';
import { forumYear } from './fi/forumYear';
import { gaps } from './fi/gaps';
import { goals } from './fi/goals';
import { handovers } from './fi/handovers';
import { jobs } from './fi/jobs';
import { log } from './fi/log';
import { mails } from './fi/mails';
import { mailTexts } from './fi/mailTexts';
import { matrix } from './fi/matrix';
import { meetings } from './fi/meetings';
import { organisation } from './fi/organisation';
import { conditionHelp } from './fi/conditionHelp';
import { myWork } from './fi/myWork';
import { overview } from './fi/overview';
import { papers } from './fi/papers';
import { plan } from './fi/plan';
import { problems } from './fi/problems';
import { profile } from './fi/profile';
import { radar } from './fi/radar';
import { reservations } from './fi/reservations';
import { responsibilities } from './fi/responsibilities';
import { rounds } from './fi/rounds';
import { savedViews } from './fi/savedViews';
import { search } from './fi/search';
import { session } from './fi/session';
import { together } from './fi/together';
import { timeline } from './fi/timeline';
import { tokens } from './fi/tokens';
import { ui } from './fi/ui';

/** All texts in Finnish. This is the type that the other languages must have. */
export const fi = {
  access,
  actionTable,
  imports,
  actions,
  agenda,
  app,
  board,
  bulk,
  calendars,
  chains,
  components,
  conditionHelp,
  content,
  decisionFeeds,
  dependencies,
  drafts,
  following,
  forums,
  freshness,
  forumImport,
  forumLoops,
  forumYear,
  gaps,
  goals,
  handovers,
  jobs,
  log,
  mails,
  mailTexts,
  matrix,
  meetings,
  papers,
  myWork,
  organisation,
  overview,
  plan,
  problems,
  profile,
  radar,
  reservations,
  responsibilities,
  rounds,
  savedViews,
  search,
  session,
  together,
  timeline,
  tokens,
  ui,
};

export type Texts = typeof fi;

import { actions } from './fi/actions';
import { app } from './fi/app';
import { content } from './fi/content';
import { forumLoops } from './fi/forumLoops';
import { gaps } from './fi/gaps';
import { goals } from './fi/goals';
import { overview } from './fi/overview';
import { pages } from './fi/pages';
import { problems } from './fi/problems';
import { reservations } from './fi/reservations';
import { responsibilities } from './fi/responsibilities';
import { search } from './fi/search';
import { session } from './fi/session';
import { ui } from './fi/ui';

/**
 * What the frame of the page and the front page say in Finnish: all that a first visit loads. The
 * type is what the other languages must have.
 */
export const first = {
  actions,
  app,
  content,
  forumLoops,
  gaps,
  goals,
  overview,
  pages,
  problems,
  reservations,
  responsibilities,
  search,
  session,
  ui,
};

export type FirstTexts = typeof first;

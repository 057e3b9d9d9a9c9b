import { access } from './fi/access';
import { app } from './fi/app';
import { components } from './fi/components';
import { organisation } from './fi/organisation';
import { problems } from './fi/problems';
import { session } from './fi/session';
import { ui } from './fi/ui';

/** All texts in Finnish. This is the type that the other languages must have. */
export const fi = { access, app, components, organisation, problems, session, ui };

export type Texts = typeof fi;

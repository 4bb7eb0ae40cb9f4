import { killedAtEveryStage } from './killedAtEveryStage.ts';

killedAtEveryStage('agent');

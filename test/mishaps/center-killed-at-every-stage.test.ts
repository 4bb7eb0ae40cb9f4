import { killedAtEveryStage } from './killedAtEveryStage.ts';

killedAtEveryStage('center');

declare module '@sealsystems/ipp' {
  export type IppValue = string | number | boolean | Date | IppValue[] | { [member: string]: IppValue };
  export type IppAttributes = Record<string, IppValue>;
  export interface IppMessage {
    version?: string;
    id?: number;
    /** requests; answers have `statusCode` */
    operation?: string;
    statusCode?: string;
    'operation-attributes-tag'?: IppAttributes;
    'job-attributes-tag'?: IppAttributes | IppAttributes[];
    'printer-attributes-tag'?: IppAttributes;
    data?: Buffer;
  }
  const ipp: {
    /** Throws on a malformed message. */
    parse(bytes: Buffer): IppMessage;
    /** Drops attributes it does not know. */
    serialize(message: IppMessage): Buffer;
  };
  export default ipp;
}

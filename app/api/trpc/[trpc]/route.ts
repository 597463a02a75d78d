import { answerCall } from "@/server/api/http";
import { requestContext } from "@/server/api/request-context";

const handle = (req: Request): Promise<Response> => answerCall(req, requestContext);

export { handle as GET, handle as POST };

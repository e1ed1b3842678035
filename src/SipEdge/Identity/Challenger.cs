using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipEdge.Identity;

/// <summary>Asks a sender to prove who it is: 401 (RFC 3261 22.1).</summary>
public sealed class Challenger(DigestServer digest, AnswerWriter answers, EdgeTelemetry telemetry)
{
    /// <summary>Answers a request with 401.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="verdict">What its credentials were worth.</param>
    public void Challenge(SipServerTransaction transaction, DigestVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var response = transaction.StartResponse(401).Header(SipHeaderName.Server, answers.Server);
        digest.Challenge(response, verdict);
        transaction.SendResponse();
        telemetry.Refused(transaction.Request.Method, 401);
    }
}

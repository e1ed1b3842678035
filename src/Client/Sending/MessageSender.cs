using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sending;

/// <summary>Sends pager messages (RFC 3428 4). On the loop.</summary>
internal sealed class MessageSender(SipEndpoint sip, ImClientOptions options, ISipAuthenticator? authenticator, SipDestination server)
{
    public async Task<SendResult> SendAsync(OutgoingMessage message)
    {
        if (!SipUri.TryParse(message.To, out var target))
        {
            return new SendResult(0, $"'{message.To}' is not an address such as sip:bob@example.net", string.Empty);
        }

        var request = sip.Dialogs
            .StartRequest(SipMethod.Message, target, $"<{options.Aor}>", $"<{message.To}>")
            .Header(SipHeaderName.UserAgent, $"IM-client/OMA1.0 {options.Product}");
        if (message.Subject.Length > 0)
        {
            request.Header(SipHeaderName.Subject, message.Subject);
        }

        if (message.Expires is { } expires)
        {
            // RFC 3428 4: who sets Expires sets Date too.
            request.Header(SipHeaderName.Expires, (long)expires.TotalSeconds);
            request.Header(SipHeaderName.Date, SipDate.Format(sip.Loop.Now));
        }

        request.Body(message.ContentType, message.Body);
        var result = await sip.Dialogs.SendAsync(request, server, authenticator);
        return result.Response is { } response
            ? new SendResult(response.StatusCode, AnswerText.Of(response), response.CallId.ToString())
            : new SendResult(0, AnswerText.Of(result.Failure), string.Empty);
    }
}

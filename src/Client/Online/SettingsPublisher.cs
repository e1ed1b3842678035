using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Online;

/// <summary>Publishes the user's service settings (RFC 3903 4, Appendix E), refreshes and removes them. On the loop.</summary>
internal sealed class SettingsPublisher(SipEndpoint sip, ImClientOptions options, ISipAuthenticator? authenticator, SipDestination server)
{
    private const string Package = "im-settings";
    private const string MediaType = "application/im-settings+xml";

    private string? _tag;

    /// <summary>How long the publication lasts, as the service said.</summary>
    public TimeSpan Expires { get; private set; }

    /// <summary>
    /// Publishes that messages are wanted, or refreshes that. What the service does not know any more (412) is published anew.
    /// </summary>
    public async Task<SipClientResult> PublishAsync()
    {
        var result = await SendAsync((long)options.PublicationExpires.TotalSeconds, withBody: _tag is null);
        if (result.Response?.StatusCode == 412 && _tag is not null)
        {
            _tag = null;
            result = await SendAsync((long)options.PublicationExpires.TotalSeconds, withBody: true);
        }

        if (result.Response is { StatusCode: >= 200 and < 300 } accepted)
        {
            _tag = accepted.GetText(SipHeaderName.SipETag);
            Expires = accepted.GetExpires(out var seconds) == SipFieldState.Valid && seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : options.PublicationExpires;
        }

        return result;
    }

    /// <summary>Removes the publication.</summary>
    public async Task<SipClientResult> RemoveAsync()
    {
        var result = await SendAsync(0, withBody: _tag is null);
        _tag = null;
        return result;
    }

    private Task<SipClientResult> SendAsync(long expires, bool withBody)
    {
        var publish = sip.Dialogs
            .StartRequest(SipMethod.Publish, SipUri.Parse(options.Aor), $"<{options.Aor}>", $"<{options.Aor}>")
            .Header(SipHeaderName.Event, Package)
            .Header(SipHeaderName.Expires, expires)
            .Header(SipHeaderName.UserAgent, $"IM-client/OMA1.0 {options.Product}");
        if (_tag is not null)
        {
            publish.Header(SipHeaderName.SipIfMatch, _tag);
        }

        if (withBody)
        {
            publish.Body(
                MediaType,
                "<im-settings><entity id=\"poste\"><deferred-settings><offline-delivery active=\"true\"/></deferred-settings></entity></im-settings>"u8.ToArray());
        }

        return sip.Dialogs.SendAsync(publish, server, authenticator);
    }
}

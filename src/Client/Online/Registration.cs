using System.Globalization;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Online;

/// <summary>Says where the user is (RFC 3261 10.2), where the service has a registrar. On the loop.</summary>
internal sealed class Registration(SipEndpoint sip, ImClientOptions options, ISipAuthenticator? authenticator, SipDestination server)
{
    private readonly string _callId = sip.Identifiers.NextCallId();
    private bool _isKnown;
    private bool _isRefused;
    private uint _sequence;

    /// <summary>Registers, or refreshes that. A service without a registrar is none to worry about.</summary>
    /// <returns>Null when the user may go on; else what was answered.</returns>
    public async Task<SipClientResult?> RefreshAsync()
    {
        if (_isRefused)
        {
            return null;
        }

        var result = await SendAsync((long)options.PublicationExpires.TotalSeconds);
        _isKnown = result.IsSuccess;
        _isRefused = result.Response?.StatusCode is 404 or 405 or 501;
        return _isKnown || _isRefused ? null : result;
    }

    /// <summary>Says that the user is not there any more.</summary>
    public async Task RemoveAsync()
    {
        if (_isKnown)
        {
            _ = await SendAsync(0);
        }
    }

    private async Task<SipClientResult> SendAsync(long expires)
    {
        var user = SipUri.Parse(options.Aor);
        var contact = ClientContact.Uri(sip, server.Transport).Insert("sip:".Length, $"{user.User}@");
        var request = sip.Dialogs
            .StartRequest(
                SipMethod.Register,
                SipUri.Create(SipUriScheme.Sip, null, user.Host.ToString(), user.Port),
                $"<{options.Aor}>",
                $"<{options.Aor}>",
                _callId,
                ++_sequence)
            .Header(SipHeaderName.Contact, string.Create(CultureInfo.InvariantCulture, $"<{contact}>;+g.oma.sip-im;expires={expires}"))
            .Header(SipHeaderName.UserAgent, $"IM-client/OMA1.0 {options.Product}");
        var result = await sip.Dialogs.SendAsync(request, server, authenticator);
        _sequence++; // what a challenge took (22.2)
        return result;
    }
}

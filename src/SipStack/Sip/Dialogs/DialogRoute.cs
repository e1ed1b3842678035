using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>The route set and the remote target of a dialog (RFC 3261 12.1, 12.2.1.1).</summary>
internal sealed class DialogRoute
{
    private readonly List<SipText> _routes;

    private DialogRoute(List<SipText> routes, SipUri target)
    {
        _routes = routes;
        Target = target;
    }

    /// <summary>The peer's Contact; a re-INVITE may change it (target refresh, 12.2.2).</summary>
    public SipUri Target { get; set; }

    /// <summary>Where a request goes first.</summary>
    public SipUri NextHop => _routes.Count > 0 && TryReadUri(_routes[0], out var uri) ? uri : Target;

    /// <summary>Reads the set of a request (in order) or of a response (reversed); null without a readable Contact.</summary>
    public static DialogRoute? Read(SipMessage message)
    {
        if (message.GetAddress(SipHeaderName.Contact, out var contact) != SipFieldState.Valid)
        {
            return null;
        }

        var routes = new List<SipText>();
        foreach (var value in message.GetValues(SipHeaderName.RecordRoute))
        {
            if (!TryReadUri(value, out _))
            {
                return null;
            }

            routes.Add(value);
        }

        if (!message.IsRequest)
        {
            routes.Reverse();
        }

        return new DialogRoute(routes, contact.Uri);
    }

    /// <summary>Starts a request: Request-URI, and the Route fields, also by way of a strict router.</summary>
    public SipRequestBuilder Start(SipRequestBuilder builder, SipMethod method)
    {
        if (_routes.Count == 0)
        {
            return builder.Start(method, Target);
        }

        if (NextHop.Parameters.Contains("lr"u8))
        {
            builder.Start(method, Target);
            AddRoutes(builder, 0);
        }
        else
        {
            // 12.2.1.1: a strict router finds itself in the Request-URI, and the target last.
            builder.Start(method, NextHop);
            AddRoutes(builder, 1);
            builder.Header(SipHeaderName.Route, $"<{Target.Text}>");
        }

        return builder;
    }

    private static bool TryReadUri(SipText value, out SipUri uri)
    {
        var read = SipNameAddress.TryParse(value, out var address);
        uri = address.Uri;
        return read;
    }

    private void AddRoutes(SipRequestBuilder builder, int first)
    {
        for (var i = first; i < _routes.Count; i++)
        {
            builder.Header(SipHeaderName.Route, _routes[i].Span);
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipEdge.Services;

namespace PosteRestante.SipEdge.Answers;

/// <summary>Puts the headers of an answer into a response.</summary>
public sealed class AnswerWriter
{
    // RFC 3261 20.43: miscellaneous warning, for a person; the status carries the meaning.
    private const int MiscellaneousWarning = 399;

    private readonly string _host;
    private readonly string _server;

    /// <summary>Takes the names of the service.</summary>
    public AnswerWriter(IOptions<ServiceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _host = options.Value.Host;
        _server = $"IM-serv/OMA1.0 {options.Value.Product}";
    }

    /// <summary>The value of Server (DM-12.2.1-R2).</summary>
    public string Server => _server;

    /// <summary>Adds Server and what the answer names.</summary>
    public void Write(SipResponseBuilder response, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(answer);
        response.Header(SipHeaderName.Server, _server);
        if (answer.Warning is { } warning)
        {
            response.Header(SipHeaderName.Warning, WarningValue(warning));
        }

        AddIfAny(response, SipHeaderName.Allow, answer.Allow);
        AddIfAny(response, SipHeaderName.Accept, answer.Accept);
        AddIfAny(response, SipHeaderName.AcceptEncoding, answer.AcceptEncoding);
        AddIfAny(response, SipHeaderName.Unsupported, answer.Unsupported);
        AddIfAny(response, SipHeaderName.Supported, answer.Supported);
        AddIfAny(response, SipHeaderName.AllowEvents, answer.AllowEvents);
        if (answer.MinExpires is { } minExpires)
        {
            response.Header(SipHeaderName.MinExpires, (long)Math.Ceiling(minExpires.TotalSeconds));
        }

        if (answer.MinSe is { } minSe)
        {
            response.Header(SipHeaderName.MinSe, (long)Math.Ceiling(minSe.TotalSeconds));
        }

        if (answer.RetryAfter is { } retryAfter)
        {
            response.Header(SipHeaderName.RetryAfter, (long)Math.Ceiling(retryAfter.TotalSeconds));
        }

        if (answer.ContentType is { } contentType)
        {
            response.Body(contentType, answer.Body);
        }
    }

    /// <summary><c>399 HOST "text"</c>.</summary>
    public string WarningValue(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{MiscellaneousWarning} {_host} \"{text}\"");

    private static void AddIfAny(SipResponseBuilder response, SipHeaderName name, string? value)
    {
        if (value is not null)
        {
            response.Header(name, value);
        }
    }
}

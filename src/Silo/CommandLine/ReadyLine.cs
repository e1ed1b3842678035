using PosteRestante.Silo.Hosting;

namespace PosteRestante.Silo.CommandLine;

/// <summary>
/// The one line that says that the service is ready and where; scripts may read it:
/// <c>ready sip=127.0.0.1:5060 msrp=127.0.0.1:2855 http=http://127.0.0.1:8080/ data=/srv/poste</c>;
/// with TLS <c>sips=</c> and <c>msrps=</c> too.
/// </summary>
internal static class ReadyLine
{
    /// <summary>The line of a server that has started.</summary>
    public static string Of(SiloServer server)
    {
        var client = server.Client;
        var secure = client is { SipsPort: { } sips, MsrpsPort: { } msrps } ? $" sips={client.SipAddress}:{sips} msrps={client.SipAddress}:{msrps}" : string.Empty;
        return $"ready sip={client.SipAddress}:{client.SipPort} msrp={client.SipAddress}:{client.MsrpPort}{secure} http={client.Http} data={server.Folder}";
    }
}

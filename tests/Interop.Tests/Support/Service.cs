using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Client.Settings;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Support;

/// <summary>What interop tests need of a server process.</summary>
internal static class Service
{
    /// <summary>The client file of a server.</summary>
    public static ClientFile ClientOf(ServerProcess server) =>
        ClientFile.Parse(File.ReadAllBytes(Path.Combine(server.Folder, ClientFile.FileName)));

    /// <summary>The account of a user of the server.</summary>
    public static ClientAccount AccountOf(ServerProcess server, string user) =>
        ClientOf(server).Accounts.Single(account => account.UserName == user);

    /// <summary>Collects with our own client: all, or the messages with these ids.</summary>
    public static Task<List<RetrievedMessage>> PullAsync(ServerProcess server, string user, params string[] ids) =>
        PullAsync(server, user, orNothing: false, ids);

    /// <summary>Collects with our own client, when there may be nothing.</summary>
    public static async Task<List<RetrievedMessage>> PullAsync(ServerProcess server, string user, bool orNothing, params string[] ids)
    {
        await using var client = ClientOf(server, user);
        var messages = new List<RetrievedMessage>();
        var result = await client.PullAsync(ids, message =>
        {
            messages.Add(message);
            return ValueTask.CompletedTask;
        });
        (result.IsComplete || (orNothing && result.IsEmpty)).ShouldBeTrue(result.ToString());
        return messages;
    }

    /// <summary>Sends with our own client; the message is stored.</summary>
    public static async Task SendAsync(ServerProcess server, string from, string to, string text)
    {
        await using var client = ClientOf(server, from);
        (await client.SendAsync(new OutgoingMessage { To = AccountOf(server, to).Aor, Body = Encoding.UTF8.GetBytes(text) })).Status.ShouldBe(202);
    }

    /// <summary>Is back with our own client until so many messages were pushed.</summary>
    public static async Task<List<RetrievedMessage>> StayOnlineAsync(ServerProcess server, string user, int count)
    {
        await using var client = ClientOf(server, user);
        var messages = new List<RetrievedMessage>();
        using var leaving = new CancellationTokenSource(Polling.Patience, TimeProvider.System);
        var result = await client.StayOnlineAsync(
            message =>
            {
                messages.Add(message);
                if (messages.Count == count)
                {
                    leaving.Cancel();
                }

                return ValueTask.CompletedTask;
            },
            cancellation: leaving.Token);
        result.IsOrderly.ShouldBeTrue(result.ToString());
        return messages;
    }

    private static ImClient ClientOf(ServerProcess server, string user)
    {
        var account = AccountOf(server, user);
        return ImClient.Start(
            new ImClientOptions
            {
                Aor = account.Aor,
                UserName = account.UserName,
                Password = account.Password,
                Server = new IPEndPoint(server.Sip.Address, server.Sip.Port),
                DeferredUri = ClientOf(server).DeferredUri,
                UseTcp = true,
            },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
    }
}

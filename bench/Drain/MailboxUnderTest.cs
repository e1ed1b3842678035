using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Bench.Support;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;

namespace PosteRestante.Bench.Drain;

/// <summary>Bob's mailbox, filled by alice and drained by bob over TCP, both challenged for digest.</summary>
internal sealed class MailboxUnderTest(ServerUnderTest server) : IAsyncDisposable
{
    private const int InFlight = 64;

    private readonly ImClient _alice = Open(server, "alice");
    private readonly ImClient _bob = Open(server, "bob");
    private int _filled;

    /// <summary>Sends messages of some 200 octets to it; each is stored when this ends.</summary>
    public Task FillAsync(int messages) => FillAsync(_alice, "bob", messages);

    /// <summary>Collects all that waits; returns how many messages came.</summary>
    /// <exception cref="InvalidOperationException">The session was cut short.</exception>
    public Task<int> DrainAsync() => DrainAsync(_bob);

    /// <summary>Sends messages the other way and collects them, so that no code runs for the first time later.</summary>
    public async Task WarmUpAsync(int messages)
    {
        await FillAsync(_bob, "alice", messages);
        await DrainAsync(_alice);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private static async Task<int> DrainAsync(ImClient client)
    {
        var result = await client.PullAsync(static _ => ValueTask.CompletedTask);
        return result.IsComplete ? result.Received : throw new InvalidOperationException($"The drain ended with {result}.");
    }

    private async Task FillAsync(ImClient from, string user, int messages)
    {
        var to = server.Client.Accounts.First(account => account.UserName == user).Aor;
        for (var sent = 0; sent < messages; sent += InFlight)
        {
            var batch = Enumerable.Range(0, Math.Min(InFlight, messages - sent)).Select(_ => from.SendAsync(new OutgoingMessage
            {
                To = to,
                Body = Encoding.ASCII.GetBytes($"{_filled++} {new string('x', 200)}"),
            }));
            foreach (var result in await Task.WhenAll(batch))
            {
                if (!result.IsAccepted)
                {
                    throw new InvalidOperationException($"A deposit ended with {result}.");
                }
            }
        }
    }

    private static ImClient Open(ServerUnderTest server, string user)
    {
        var account = server.Client.Accounts.First(account => account.UserName == user);
        return ImClient.Start(
            new ImClientOptions
            {
                Aor = account.Aor,
                UserName = account.UserName,
                Password = account.Password,
                Server = new IPEndPoint(IPAddress.Parse(server.Client.SipAddress), server.Client.SipPort),
                DeferredUri = server.Client.DeferredUri,
                UseTcp = true, // over UDP each transaction is remembered for a while, and only so many
            },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            RandomNumberGenerator.Fill);
    }
}

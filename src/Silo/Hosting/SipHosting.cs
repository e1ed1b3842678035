using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Silo.Listeners;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Silo.Hosting;

/// <summary>Puts the event loop and the SIP stack on it together.</summary>
internal static class SipHosting
{
    /// <summary>Adds the loop that everything at the edge runs on.</summary>
    public static void AddLoop(this IServiceCollection services)
    {
        services.AddSingleton(provider => new LoopThread(
            "sip-edge",
            Options<LoopOptions>(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LoopThread>>()));
        services.AddSingleton<EventLoop>(provider => provider.GetRequiredService<LoopThread>());
    }

    /// <summary>Adds the SIP stack; <see cref="EdgeService"/> opens its transports.</summary>
    public static void AddSip(this IServiceCollection services)
    {
        services.AddSingleton<RandomFill>(RandomNumberGenerator.Create().GetBytes);
        services.AddSingleton(provider => new SipIdentifiers(provider.GetRequiredService<RandomFill>()));
        services.AddSingleton(provider => new SipInstruments(provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
        services.AddSingleton(provider => new SipEndpoint(
            provider.GetRequiredService<EventLoop>(),
            new SipEndpointOptions
            {
                Parser = Options<SipParserOptions>(provider),
                Transport = Options<SipTransportOptions>(provider),
                Timers = Options<SipTimers>(provider),
                Transactions = Options<SipTransactionOptions>(provider),
                Dialogs = Options<SipDialogOptions>(provider),
            },
            provider.GetRequiredService<SipInstruments>(),
            provider.GetRequiredService<SipIdentifiers>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => new QueueAgeAdmission(
            Options<QueueAgeOptions>(provider),
            provider.GetRequiredService<SipIdentifiers>()));
        services.AddSingleton<SipStreamListener>();
        services.AddSingleton<SipsStreamListener>();
    }

    private static TOptions Options<TOptions>(IServiceProvider provider)
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;
}

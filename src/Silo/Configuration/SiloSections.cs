using Microsoft.Extensions.Options;
using PosteRestante.Silo.Data;
using PosteRestante.Silo.Listeners;
using PosteRestante.Silo.Shutdown;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Retrieval;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.Silo.Configuration;

/// <summary>Every section that the service reads; <c>docs/configuration.md</c> describes each key, held by a test.</summary>
public static class SiloSections
{
    /// <summary>The sections.</summary>
    public static SectionRegistry All { get; } = new SectionRegistry()
        .Add<DataOptions, DataOptionsValidator>(DataOptions.SectionName)
        .Add<ListenerOptions, ListenerOptionsValidator>(ListenerOptions.SectionName)
        .Add<ShutdownOptions, ShutdownOptionsValidator>(ShutdownOptions.SectionName)
        .Add<ServiceOptions, ServiceOptionsValidator>(ServiceOptions.SectionName)
        .Add<AccountOptions, AccountOptionsValidator>(AccountOptions.SectionName)
        .Add<IdentityOptions, IdentityOptionsValidator>(IdentityOptions.SectionName)
        .Add<DepositOptions, DepositOptionsValidator>(DepositOptions.SectionName)
        .Add<RetrievalOptions, RetrievalOptionsValidator>(RetrievalOptions.SectionName)
        .Add<LoopOptions>(LoopOptions.SectionName)
        .AddRule(services => services.ConfigureOptions<LoopbackDeposits>().AddSingleton<IValidateOptions<DepositOptions>, LoopbackDeposits>());
}
